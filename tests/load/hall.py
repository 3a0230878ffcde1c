"""The app as a hall uses it: `deploy/hall`, with its processes and HAProxy."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.app_server import ROOT, AppServer, free_port, is_free, stop, wait_until_healthy
from tests.load.server import family

HALL = ROOT / "deploy" / "hall"


@contextmanager
def running_hall(log: Path, processes: int) -> Iterator[AppServer]:
    """Serve the app with so many processes on free ports of this machine, and stop them at the end."""
    port = free_ports(1 + processes)
    with log.open("wb") as output:
        script = subprocess.Popen([HALL, str(processes), str(port)], stdout=output, stderr=subprocess.STDOUT)
    try:
        server = AppServer(f"http://127.0.0.1:{port}", log, script.pid)
        wait_until_healthy(server, script)
        yield server
    finally:
        stop(script)


def workers(hall: AppServer) -> set[int]:
    """The processes that run the app now."""
    return {pid for pid in family(hall.pid) if b"streamlit_app.py" in _command(pid)}


def process_at(hall: AppServer, place: int) -> int:
    """The process at a place in the hall, counted from 1, as the cookie of its viewers has it."""
    port = str(int(hall.url.rpartition(":")[2]) + place).encode()
    return next(pid for pid in workers(hall) if port in _command(pid).split(b"\0"))


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def free_ports(count: int) -> int:
    """The first of so many ports in a row that nothing listens on."""
    while True:
        first = free_port()
        if first + count < 2**16 and all(is_free(first + place) for place in range(count)):
            return first
