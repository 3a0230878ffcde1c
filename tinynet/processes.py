"""A pool of processes that train."""

import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess


class _Worker(SpawnProcess):
    """A process that ignores Ctrl+C from the start, because a pool whose workers die may hang."""

    def start(self) -> None:
        """Start while this process ignores Ctrl+C: the new one inherits that and keeps it."""
        answer = signal.signal(signal.SIGINT, signal.SIG_IGN)
        super().start()
        signal.signal(signal.SIGINT, answer)


class _Workers(SpawnContext):
    # spawned, because forking a process with threads, such as those of numpy, may hang
    Process = _Worker


def pool(processes: int) -> Executor:
    """An executor with this many processes. They keep running when this process is interrupted."""
    return ProcessPoolExecutor(processes, mp_context=_Workers())
