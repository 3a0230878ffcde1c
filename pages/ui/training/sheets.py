"""Where the runs of problem 2 stand, in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from pages.ui.theme import RUN_NAMES
from pages.ui.training.tables import answers
from tinynet import published
from tinynet.config import Config, Start
from tinynet.datasets import TWENTY
from tinynet.initializers import DRAWN
from tinynet.training import History, Stop

WEIGHT_NAMES = ["hidden bias", "hidden x₁", "hidden x₂", "hidden x₃", "output bias", "output h"]


@dataclass(frozen=True)
class Sheet:
    """A small table of words and numbers: its headings, top one first, and its rows by name."""

    heads: list[list[str]]
    rows: dict[str, list[str]]


def summary(history: History, config: Config, done: int) -> Sheet:
    """A column for each run: where it stands after `done` epochs, and where it stopped."""
    columns = [_standing(history, config, run, done) for run in range(len(config.starts))]
    rows = {name: [column[name] for column in columns] for name in columns[0]}
    return Sheet([[_title(start) for start in config.starts]], rows)


def _title(start: Start) -> str:
    return f"{RUN_NAMES[start.init]} {start.seed}" if start.init in DRAWN else RUN_NAMES[start.init]


def _standing(history: History, config: Config, run: int, done: int) -> dict[str, str]:
    start, at = config.starts[run], min(done, history.last_epoch[run] + 1) - 1
    wrong = np.count_nonzero(answers(history, run, done) * TWENTY.labels <= 0)
    settings = (config.order_seed, config.learning_rate, config.theta)
    document = published.break_epoch(start.init, start.seed, *settings) if start.scale == 1 else None
    return {
        "epoch": _reading(at if at >= 0 else None, "d"),
        "training error": _reading(history.training_error[at, run] if at >= 0 else None, ".4f"),
        "accuracy": _reading(history.accuracy[at, run] if at >= 0 else None, ".2f"),
        "gradient": _reading(history.gradient[at, run] if at >= 0 else None, ".5f"),
        "wrong now": f"{wrong} of {len(TWENTY.labels)}",
        "break epoch": _reading(history.break_epoch(run), "d"),
        "published": _reading(document, "d"),
    }


def _reading(value: float | None, spec: str) -> str:
    return "–" if value is None else format(value, spec).replace("-", "−")


def weights(history: History, config: Config, done: int) -> Sheet:
    """The initial and the current weights of each run, a column each."""
    names = [name for start in config.starts for name in (RUN_NAMES[start.init], "")]
    when = ["initial", "now"] * len(config.starts)
    columns = [_flat(history, run, epochs) for run in range(len(config.starts)) for epochs in (0, done)]
    rows = {name: [_weight(column[place]) for column in columns] for place, name in enumerate(WEIGHT_NAMES)}
    return Sheet([names, when], rows)


def _flat(history: History, run: int, done: int) -> list[float]:
    matrices = history.weights(run, done)
    return [*matrices.hidden[0].tolist(), *matrices.output[0].tolist()]


def _weight(value: float) -> str:
    return _reading(value, "+.4f" if abs(value) < 1e4 else "+.3e")


def statements(history: History, config: Config) -> list[str]:
    """What has to be said in words: which runs diverged, and which θ did not stop."""
    runs = list(zip([RUN_NAMES[start.init] for start in config.starts], history.stops, strict=True))
    diverged = [
        f"{name} in epoch {history.last_epoch[run]}" for run, (name, stop) in enumerate(runs) if stop is Stop.DIVERGED
    ]
    unstopped = [name for name, stop in runs if stop is Stop.MAX_EPOCHS]
    said = []
    if diverged:
        said.append(
            f"Diverged: {', '.join(diverged)}. With η = {config.learning_rate:g} the weights grew until every output "
            "sits at ±1.716; some are wrong, and no gradient is left to correct them."
        )
    if unstopped:
        said.append(f"Not stopped by θ = {config.theta:g} within {config.max_epochs} epochs: {', '.join(unstopped)}.")
    return said


def html(sheet: Sheet) -> str:
    """A table as HTML. Streamlit's own renders each cell as Markdown, too slowly for ten pictures a second."""
    head = "".join(f"<tr>{_cells('th', ['', *names])}</tr>" for names in sheet.heads)
    body = "".join(f"<tr><th>{escape(name)}</th>{_cells('td', cells)}</tr>" for name, cells in sheet.rows.items())
    return f'<table class="numbers"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
