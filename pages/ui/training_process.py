"""Training in a process of its own, `tinynet/trainer.py`, one viewer at a time and in order of arrival."""

import atexit
import pickle
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from pages.ui.fair_lock import FairLock
from tinynet.config import Config
from tinynet.datasets import TWENTY, Dataset
from tinynet.training import History

ROOT = Path(__file__).parents[2]


class TrainingProcess:
    """Trains for all viewers of this server. Its process begins with the first training."""

    def __init__(self) -> None:
        self._turns = FairLock()
        self._process: subprocess.Popen[bytes] | None = None

    def train(self, config: Config, dataset: Dataset = TWENTY) -> History:
        """What `tinynet.training.train` returns. If the process was killed, a new one trains once more."""
        with self._turns.turn():
            try:
                return self._answer(config, dataset)
            except (EOFError, OSError, pickle.UnpicklingError):
                self.end()
                return self._answer(config, dataset)

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process:
            with suppress(OSError), self._process as process:
                process.kill()
            self._process = None

    def _answer(self, *arguments: object) -> History:
        if not self._process:
            command = [sys.executable, "-m", "tinynet.trainer"]
            self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        asked, answered = self._process.stdin, self._process.stdout
        assert asked
        assert answered
        pickle.dump(arguments, asked, pickle.HIGHEST_PROTOCOL)
        asked.flush()
        history: History = pickle.load(answered)
        return history


@cache
def training_process() -> TrainingProcess:
    """The one of this server. It ends with the server."""
    found = TrainingProcess()
    atexit.register(found.end)
    return found
