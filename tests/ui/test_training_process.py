"""Training in a process of its own: the same numbers, whatever happens to that process, and none is left behind."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from pages.ui.training_process import ROOT, TrainingProcess
from tinynet.config import Config
from tinynet.datasets import TWENTY, Dataset
from tinynet.points import Generated, dataset
from tinynet.training import train

TWO = Config(max_epochs=3)
SERVER = """
from pages.ui.training_process import TrainingProcess
from tinynet.config import Config
TrainingProcess().train(Config(max_epochs=1))
print("trained", flush=True)
input()
"""


@pytest.fixture
def process() -> Iterator[TrainingProcess]:
    process = TrainingProcess()
    yield process
    process.end()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the processes that the test has started."""
    start, numbers = subprocess.Popen, list[int]()

    def noted(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        process = start(*arguments, **options)
        numbers.append(process.pid)
        return process

    monkeypatch.setattr(subprocess, "Popen", noted)
    return numbers


@pytest.mark.parametrize(
    ("config", "points"), [(Config(max_epochs=30), TWENTY), (TWO, dataset(Generated("xor", 40, 0.1, 1)))]
)
def test_it_gives_every_bit_of_what_a_training_here_gives(
    process: TrainingProcess, config: Config, points: Dataset
) -> None:
    assert pickle.dumps(process.train(config, points)) == pickle.dumps(
        pickle.loads(pickle.dumps(train(config, points)))
    )


def test_one_process_trains_for_all_who_ask_at_once(process: TrainingProcess) -> None:
    found: list[float] = []
    threads = [
        threading.Thread(target=lambda: found.append(process.train(TWO).training_error[0, -1])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.unique(found).size == 1
    assert len(found) == 4


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_after_ctrl_c_or_its_end_the_next_training_is_answered_and_nothing_said(
    process: TrainingProcess, started: list[int], number: int, capfd: pytest.CaptureFixture[str]
) -> None:
    process.train(TWO)
    (pid,) = started
    os.kill(pid, number)
    assert process.train(TWO).epochs == TWO.max_epochs
    process.end()
    assert capfd.readouterr().err == ""


def test_it_ends_with_a_server_that_is_killed() -> None:
    """Both hold the same standard error, which ends only when nobody holds it."""
    command, pipe = [sys.executable, "-c", SERVER], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as server:
        assert server.stdout
        assert server.stdout.readline() == b"trained\n"
        server.kill()
        assert server.communicate(timeout=60) == (b"", b"")


def test_it_ends_without_a_word_when_nobody_waits_for_its_answer_any_more() -> None:
    command, pipe = [sys.executable, "-m", "tinynet.trainer"], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as trainer:
        assert trainer.stdin
        assert trainer.stdout
        assert trainer.stderr
        trainer.stdout.close()
        pickle.dump((Config(max_epochs=5), TWENTY), trainer.stdin)
        trainer.stdin.close()
        assert trainer.stderr.read() == b""
