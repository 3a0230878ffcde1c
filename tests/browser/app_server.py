"""The app as a user starts it: a Streamlit server in a process of its own."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
STOP_SECONDS = 10.0
COMPLAINT = re.compile(r'Traceback|^ +File "|\b(?:WARNING|ERROR|CRITICAL)\b|\w+(?:Warning|Error|Exception):')


@dataclass
class AppServer:
    """A running server: its address, its process, and its log, which is read piece by piece."""

    url: str
    log: Path
    pid: int
    position: int = 0

    def read_log(self) -> str:
        """What was logged since the last call."""
        text = self.log.read_text(encoding="utf-8", errors="replace")[self.position :]
        self.position += len(text)
        return text


def complaints(log: str) -> list[str]:
    """The lines of a log that hold a traceback, a warning or an error."""
    return [line for line in log.splitlines() if COMPLAINT.search(line)]


@contextmanager
def running_app(log: Path) -> Iterator[AppServer]:
    """Start the app on a free port of this machine and stop it at the end."""
    port = free_port()
    # every warning is shown once, so that it reaches the log
    command = [sys.executable, "-W", "default", "-m", "streamlit", "run", "streamlit_app.py"]
    options = {
        "server.headless": "true",
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.fileWatcherType": "none",
        "logger.messageFormat": "%(levelname)s %(name)s: %(message)s",
    }
    arguments = [argument for name, value in options.items() for argument in (f"--{name}", value)]
    with log.open("wb") as output:
        process = subprocess.Popen([*command, *arguments], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        server = AppServer(f"http://127.0.0.1:{port}", log, process.pid)
        wait_until_healthy(server, process)
        yield server
    finally:
        stop(process)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nothing listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def wait_until_healthy(server: AppServer, process: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; raise RuntimeError with its log if it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the app did not start (exit status {process.poll()}):\n{server.read_log()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and end it if it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
