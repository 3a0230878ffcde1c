"""Options and output formats that several commands share."""

import argparse
import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO, TypeAlias

from tinynet import symmetry
from tinynet.ranges import Range, range_of
from tinynet.training import History

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""The return type of `add_subparsers`, for which argparse has no public name."""
Series: TypeAlias = Mapping[str, Sequence[float]]
"""Columns of equal length, by name."""
FORMATS = ("text", "json", "csv")
NUMBERS = {
    "seed": ("--init-seed", "seed for the initial weights"),
    "order_seed": ("--order-seed", "seed for the order of the samples"),
    "value": ("--constant", "value of every weight with --init constant"),
    "constant": ("--constant", "value of every weight with --init constant"),
    "noise": ("--noise", "size ε of the random noise added with --init constant"),
    "scale": ("--random-range", "random weights are drawn between minus this and plus this"),
    "hidden_units": ("--hidden-units", "number of hidden units"),
    "learning_rate": ("--learning-rate", "learning rate η"),
    "theta": ("--theta", "stop after the epoch in which the mean gradient is below this"),
    "max_epochs": ("--max-epochs", "stop after this many epochs"),
    "iterations": ("--iterations", "number of updates"),
}
"""The option and its description for each numeric field of a config."""


def add_init(parser: argparse.ArgumentParser, choices: Sequence[str], default: str) -> None:
    """Add --init."""
    parser.add_argument("--init", choices=choices, default=default, help="how the weights are initialised")


def add_numbers(parser: argparse.ArgumentParser, defaults: object, *names: str) -> None:
    """Add an option for each named field of a config; `defaults` is the config whose values are the defaults."""
    for name in names:
        add_number(parser, *NUMBERS[name], getattr(defaults, name), range_of(type(defaults), name))


def add_number(parser: argparse.ArgumentParser, option: str, description: str, default: float, allowed: Range) -> None:
    """Add an option for a number, whose description ends with the range."""
    parser.add_argument(
        option,
        type=int if allowed.whole else float,
        default=default,
        metavar="N" if allowed.whole else "X",
        help=f"{description}: {allowed.allowed()}",
    )


def add_format(parser: argparse.ArgumentParser, choices: Sequence[str] = FORMATS) -> None:
    """Add --format."""
    parser.add_argument("--format", choices=choices, default="text", help="output format")


def write_json(value: Mapping[str, Any], out: TextIO) -> None:
    """Write one object on one line. Raises ValueError for nan and infinity, which JSON does not have."""
    json.dump(value, out, allow_nan=False)
    out.write("\n")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    """Write a table, with the same line endings on every system."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def write_series(counted: str, series: Series, out: TextIO) -> None:
    """Write columns as CSV, after a first column named `counted` that counts the rows from 0."""
    rows = enumerate(zip(*series.values(), strict=True))
    write_csv([counted, *series], ([number, *row] for number, row in rows), out)


def of_units(history: History) -> dict[str, list[float]]:
    """Training error, accuracy and spread of the first run, a value for each epoch; the spread is that after it."""
    return {
        "training_error": history.training_error[:, 0].tolist(),
        "accuracy": history.accuracy[:, 0].tolist(),
        "spread": symmetry.spread(history.hidden)[1:, 0].tolist(),
    }


def last_error_and_accuracy(series: Series) -> str:
    """The last training error and accuracy as a line of text."""
    return f"training error {series['training_error'][-1]:.6f}, accuracy {series['accuracy'][-1]:.2f}\n"


def printed_weights(history: History, epochs_done: int) -> dict[str, list[float]]:
    """The weights of the first run, a 3-1-1 network, as the two rows that the document prints."""
    weights = history.weights(0, epochs_done)
    return {"hidden": weights.hidden[0].tolist(), "output": weights.output[0].tolist()}
