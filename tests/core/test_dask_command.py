"""`sweep --dask`: a running Dask cluster trains, and what is said if it cannot."""

import io
import os
import signal
import socket
import sys

import pytest
from distributed import Client, LocalCluster

from tinynet.__main__ import main
from tinynet.commands import sweep

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows, SIGTERM ends a process at once
SHORT = ["sweep", "--init-seeds", "0:2", "--order-seeds", "0:40", "--max-epochs", "3", "--format", "csv"]


def cluster(workers: int, folder: str) -> LocalCluster:
    """A Dask cluster on this machine, on free ports, of so many worker processes."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=folder,
    )


class KillsAWorker(io.StringIO):
    """What a command writes to. Once the first run is written, a worker of the cluster is killed."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.killed = 0

    def write(self, text: str) -> int:
        """Write, and kill a worker after the header and a row."""
        if not self.killed and self.getvalue().count("\n") > 1:
            with Client(self.address, set_as_default=False) as client:
                self.killed = next(iter(client.run(os.getpid).values()))
            os.kill(self.killed, KILL)
        return super().write(text)


def test_a_cluster_that_loses_a_worker_gives_the_table_of_one_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SHORT, "--jobs", "1"]) == 0
    expected = capsys.readouterr().out
    monkeypatch.setattr(sweep, "CHUNK", 3)  # a part for each order seed: some are submitted after the worker's death
    with cluster(2, str(tmp_path)) as running:
        out = KillsAWorker(running.scheduler_address)
        monkeypatch.setattr(sys, "stdout", out)
        assert main([*SHORT, "--dask", running.scheduler_address]) == 0
    assert out.killed
    assert out.getvalue() == expected


def refused(capsys: pytest.CaptureFixture[str], address: str) -> str:
    """What the command says when it ends with status 2."""
    with pytest.raises(SystemExit) as ended:
        main([*SHORT, "--dask", address])
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_without_distributed_the_command_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = "error: --dask needs the package distributed, which is not installed\n"
    assert refused(capsys, "tcp://127.0.0.1:8786") == said


@pytest.mark.parametrize("address", ["", "abc", "http://127.0.0.1:80", "tcp://127.0.0.1:"])
def test_an_address_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert refused(capsys, address).startswith(f"error: the Dask cluster at {address!r} does not answer: ")


def test_a_cluster_that_does_not_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sweep, "SECONDS", 0.1)
    with socket.socket() as held:  # nobody listens on its port, and nobody else can take it
        held.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{held.getsockname()[1]}"
        assert refused(capsys, address).startswith(f"error: the Dask cluster at {address!r} does not answer: ")


def test_a_cluster_without_workers_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    with cluster(0, str(tmp_path)) as running:
        address = running.scheduler_address
        monkeypatch.setattr(sweep, "SECONDS", 0.5)
        assert refused(capsys, address) == f"error: the Dask cluster at {address!r} has no workers\n"
