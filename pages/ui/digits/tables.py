"""Runs on MNIST as the page shows them: curves, predictions, images of the weights, and test images."""

from collections.abc import Sequence
from html import escape

import numpy as np
import pyarrow as pa

from pages.ui import picture
from pages.ui.lines import tables as line_tables
from pages.ui.numbers import exact, plain
from pages.ui.table import Html, Table
from pages.ui.theme import COLOURINGS, START_NAMES
from tinynet.activations import A
from tinynet.arrays import Array
from tinynet.digits import INITIALIZERS, DigitsConfig
from tinynet.digits_history import End, History, case
from tinynet.digits_network import ACTIVATIONS, answer, network
from tinynet.fingerprint import Numbers
from tinynet.mnist import DIGITS, SIDE, test_images, test_label_counts
from tinynet.symmetry import different_units

PICTURED = 8
"""Number of hidden units whose weights are shown."""


def run_name(init: str) -> str:
    """The name of a run."""
    return START_NAMES[init]


def quantity_datasets(
    configs: Sequence[DigitsConfig], histories: Sequence[History], quantity: str
) -> dict[str, pa.Table]:
    """All datasets of the chart of one quantity; the x axis covers all iterations from the start."""
    keys = [config.init for config in configs]
    values = _columns(histories, quantity)
    log = quantity.endswith("gradient")
    shown = line_tables.drawable(values) if log else values
    last = [len(history.loss) - 1 for history in histories]
    tables = {
        "curve": line_tables.curve(shown, keys, last),
        "now": line_tables.now(shown, keys, last, len(values) - 1),
        "limits": line_tables.limits(max(config.iterations for config in configs) + 1, *_range(quantity, shown)),
    }
    return tables | ({"always": always_one()} if quantity == "accuracy" else {})


def _columns(histories: Sequence[History], quantity: str) -> Array:
    """One quantity of all runs, (iterations, runs); nan where a run has no record."""
    table = np.full((max(len(history.loss) for history in histories), len(histories)), np.nan)
    for column, history in zip(table.T, histories, strict=True):
        column[: len(history.loss)] = getattr(history, quantity)
    return table


def _range(quantity: str, values: Array) -> tuple[float, float]:
    if quantity == "accuracy":
        return 0.0, 1.0
    return (0.0, float(np.nanmax(values)) * 1.05) if quantity == "loss" else line_tables.log_range(values)


def always_one() -> pa.Table:
    """The accuracy of always predicting the most common digit."""
    counts = test_label_counts()
    share = counts.max() / counts.sum()
    return pa.table({"value": [share], "words": [f"always ‘{counts.argmax()}’: {share:.2%}"]})


def answers(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> dict[str, pa.Table]:
    """The dataset of the chart of predictions: how often each run predicted each digit, and how often it is true."""
    given = np.array([history.answers[-1] for history in histories])
    right = test_label_counts()
    highest = np.maximum(given, right).max(axis=1, keepdims=True)
    count = len(configs)
    return {
        "answers": pa.table(
            {
                "run": np.repeat([config.init for config in configs], DIGITS),
                "slot": np.repeat(np.arange(count), DIGITS),
                "digit": np.tile(np.arange(DIGITS), count),
                "count": given.ravel(),
                "right": np.tile(right, count),
                "share": (given / highest).ravel(),
                "right_share": (right / highest).ravel(),
                "words": [words for history in histories for words in [given_answers(history)] * DIGITS],
            }
        )
    }


def given_answers(history: History) -> str:
    """What the test images were answered with, in words."""
    digits = np.flatnonzero(history.answers[-1])
    return f"always ‘{digits[0]}’" if len(digits) == 1 else f"{len(digits)} different answers"


def covered(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> list[Numbers]:
    """What the fingerprint covers: of each run its start, how far it went, its answers, and its last loss.

    Single precision rounds differently on other machines, so losses and answers count to two digits.
    """
    return [
        np.array([list(INITIALIZERS).index(config.init) for config in configs]),
        np.array([len(history.loss) for history in histories]),
        np.array([different_units(history.final) for history in histories]),
        np.array([_two_digits(history.loss[-1]) for history in histories]),
        np.array([_two_digits(history.accuracy[-1]) for history in histories]),
    ]


def _two_digits(value: float) -> float:
    return float(f"{value:.1e}")


def summary(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> Table:
    """The current state of each run, one column per run."""
    columns = [_column(config, history) for config, history in zip(configs, histories, strict=True)]
    rows = {name: [column[name] for column in columns] for name in columns[0]}
    return Table([[run_name(config.init) for config in configs]], rows)


def _column(config: DigitsConfig, history: History) -> dict[str, str]:
    return {
        "case": case(config, history).value,
        "different units": f"{different_units(history.final)} of {config.hidden_units}",
        "spread": exact(history.spread[-1]),
        "hidden gradient": exact(history.hidden_gradient[-1]),
        "output gradient": exact(history.output_gradient[-1]),
        "loss, at first": plain(history.loss[0], ".6f"),
        "loss, now": plain(history.loss[-1], ".6f"),
        "accuracy, at first": f"{history.accuracy[0]:.2%}",
        "accuracy, now": f"{history.accuracy[-1]:.2%}",
        "different answers": str(np.count_nonzero(history.answers[-1])),
    }


def unfinished(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """The progress of the runs that have iterations left; empty if there are none."""
    done = [
        f"{run_name(config.init)} {len(history.loss) - 1}"
        for config, history in zip(configs, histories, strict=True)
        if history.end is End.STOPPED
    ]
    return f"{', '.join(done)} of {configs[0].iterations} iterations" if done else ""


def weight_images(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """The weights from the pixels to the first hidden units of each run as 28×28 images, as HTML."""
    runs = "".join(_pictures(config, history) for config, history in zip(configs, histories, strict=True))
    head = (
        f"<p><b>Weights from the 28×28 pixels to the first {PICTURED} hidden units</b>, red positive, blue negative</p>"
    )
    return f'{head}<div class="units">{runs}</div>'


def _pictures(config: DigitsConfig, history: History) -> str:
    weights = history.final.hidden[:PICTURED, 1:]
    peak = float(np.abs(weights).max())
    scaled = weights / peak * A if peak else weights
    images = "".join(
        f'<img src="{_image(unit, "The output o itself")}" alt="Weights of hidden unit {number}">'
        for number, unit in enumerate(scaled, start=1)
    )
    words = f"{different_units_text(config, history)}, spread {exact(history.spread[-1])}, weights within ±{peak:.2g}"
    return f"<section><p><b>{escape(run_name(config.init))}</b>: {words}</p><div>{images}</div></section>"


def different_units_text(config: DigitsConfig, history: History) -> str:
    """How many of the hidden units differ, in words."""
    different, count = different_units(history.final), config.hidden_units
    if different in (1, count):
        return f"all {count} units {'alike' if different == 1 else 'different'}"
    return f"{different} different units of {count}"


def _image(pixels: Array, colouring: str) -> str:
    """The image of 784 values within ±a, row by row from the top, as a data URL."""
    return picture.by_value(pixels.reshape(SIDE, SIDE)[::-1].T, COLOURINGS[colouring])


def predictions_html(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """The first test image of each digit and each network's prediction, as HTML."""
    images = test_images()
    first = [int(np.flatnonzero(images.labels == digit)[0]) for digit in range(DIGITS)]
    shown = images.pixels[first]
    heads = [
        Html(f'<img src="{_image(A * (2 * pixels - 1), "Black and white")}" alt="A handwritten {digit}">')
        for digit, pixels in enumerate(shown)
    ]
    rows: dict[str, list[str]] = {}
    for config, history in zip(configs, histories, strict=True):
        given = answer([network(history.final)], shown, ACTIVATIONS[config.activation])[0].tolist()
        score = sum(digit == right for right, digit in enumerate(given))
        row = Html(f"{escape(run_name(config.init))} <small>{score} right</small>")
        rows[row] = [_answer(digit, right) for right, digit in enumerate(given)]
    caption = "<p><b>The first test image of each digit</b>, and what each network answers</p>"
    return caption + Table([heads], rows, kind="tested").html()


def _answer(given: int, right: int) -> Html:
    word, mark = ("right", "✓") if given == right else ("wrong", "✗")
    says = f'title="answers {given}, {word}" aria-label="{given}, {word}"'
    return Html(f'<span class="{word}" {says}>{given} <span>{mark}</span></span>')


def numbers_html(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """The current state of each run as a table, as HTML."""
    return summary(configs, histories).html()


DETAILS = {"images": predictions_html, "weights": weight_images, "numbers": numbers_html}
"""The details of runs that are HTML."""
