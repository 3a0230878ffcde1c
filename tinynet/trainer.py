"""A process that trains for the server, `python -m tinynet.trainer`, which answers viewers meanwhile.

Python runs one thread at a time, so a training in a thread slows down all others. This process reads the arguments of
`tinynet.training.train` from its standard input and writes the histories to its standard output, both pickled, until
its input ends, which it does however the other process ends.
"""

import pickle
import signal
import sys
from contextlib import suppress

from tinynet.training import train


def main() -> None:
    """Answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the other process, and thereby this one's input
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody reads the answer any more: end without a word
    with suppress(EOFError):
        while True:
            arguments = pickle.load(sys.stdin.buffer)
            pickle.dump(train(*arguments), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
