"""The document's three comparisons of random with equal weights, trained again beside what it prints."""

import numpy as np
import pyarrow as pa

from pages.ui.lines import tables as line_tables
from pages.ui.numbers import plain
from pages.ui.table import Table
from tinynet.config import Config, Start
from tinynet.published import RESULTS, Result
from tinynet.sweep import MANY_RIGHT
from tinynet.training import History

RUNS = ("random", "same")
QUANTITIES = ("training_error", "accuracy")
"""What the document draws over the epochs."""
DRAWN = tuple(result for result in RESULTS if result.init_seed is not None)
"""The random runs that it prints."""
FIXED = next(result for result in RESULTS if result.init_seed is None)
"""The run from equal weights that it prints beside each."""
CONFIG = Config(tuple(Start(result.init, result.init_seed or 0) for result in (*DRAWN, FIXED)))
"""All of its runs, the one from equal weights last."""


def pair(result: Result) -> Config:
    """The settings of one comparison."""
    return Config((Start(result.init, result.init_seed or 0), Start(FIXED.init)))


def verdict(history: History) -> str:
    """How many of the published break epochs the runs of CONFIG reproduce, in a sentence."""
    found = [history.break_epoch(run) == result.break_epoch for run, result in enumerate((*DRAWN, FIXED))]
    return (
        f"**{sum(found)} of {len(found)}** published break epochs come out exactly. The document names no order of the "
        f"samples; order seed {CONFIG.order_seed} is the only one of 20,000 tried that gives them all."
    )


def table(history: History, result: Result) -> Table:
    """Of one comparison: the break epochs as printed and as trained here, the lower error, and when 80% is reached."""
    run = DRAWN.index(result)
    rows = {
        "break epoch, published": [plain(result.break_epoch, "d"), plain(FIXED.break_epoch, "d")],
        "break epoch, here": [plain(history.break_epoch(one), "d") for one in (run, len(DRAWN))],
        "lower error": _marks(*(-history.training_error[history.last_epoch[one], one] for one in (run, len(DRAWN)))),
        "80% in epoch": [plain(_reached(history, one), "d") for one in (run, len(DRAWN))],
    }
    return Table([list(RUNS)], rows, kind="compared")


def _marks(first: float, second: float) -> list[str]:
    return ["yes" if first > second else "", "yes" if second > first else ""]


def _reached(history: History, run: int) -> int | None:
    """The first epoch with 80% right."""
    epochs = np.flatnonzero(history.accuracy[:, run] >= MANY_RIGHT)
    return int(epochs[0]) if len(epochs) else None


def weights(result: Result) -> str:
    """The initial weights that the document prints, in a sentence."""
    hidden, output = (", ".join(plain(value) for value in row) for row in (result.hidden, result.output))
    return f"Starts at hidden ({hidden}), output ({output})."


def curves(history: History, result: Result, quantity: str) -> dict[str, pa.Table]:
    """All datasets of the chart of a quantity over the epochs of one comparison."""
    values = getattr(history, quantity)[:, [DRAWN.index(result), len(DRAWN)]]
    return line_tables.datasets(values, RUNS, low=0.0)
