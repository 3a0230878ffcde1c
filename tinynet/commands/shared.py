"""What several commands have in common: options that mean the same in each, and the forms in which they write."""

import argparse
import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO, TypeAlias

from tinynet.config import Config
from tinynet.training import History

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What `add_subparsers` answers with. argparse has no public name for it."""
Series: TypeAlias = Mapping[str, Sequence[float]]
"""Columns of equal length, by name."""
FORMATS = ("text", "json", "csv")


def add_init(parser: argparse.ArgumentParser, choices: Sequence[str], default: str) -> None:
    """Add --init."""
    parser.add_argument("--init", choices=choices, default=default, help="how the weights start")


def add_init_seed(parser: argparse.ArgumentParser, default: int) -> None:
    """Add --init-seed."""
    parser.add_argument("--init-seed", type=int, default=default, metavar="N", help="draws the initial weights")


def add_seeds(parser: argparse.ArgumentParser, default: Config) -> None:
    """Add the two seeds of one run on the 20 samples."""
    add_init_seed(parser, default.starts[0].seed)
    parser.add_argument(
        "--order-seed", type=int, default=default.order_seed, metavar="N", help="draws the order of the samples"
    )


def add_constant(parser: argparse.ArgumentParser, default: float) -> None:
    """Add --constant."""
    parser.add_argument("--constant", type=float, default=default, metavar="X", help="every weight of --init constant")


def add_hidden_units(parser: argparse.ArgumentParser, default: int) -> None:
    """Add --hidden-units."""
    parser.add_argument("--hidden-units", type=int, default=default, metavar="H", help="how many")


def add_learning_rate(parser: argparse.ArgumentParser, default: float) -> None:
    """Add --learning-rate."""
    parser.add_argument("--learning-rate", type=float, default=default, metavar="X", help="the step η")


def add_training(parser: argparse.ArgumentParser, default: Config) -> None:
    """Add how a run on the 20 samples steps and when it stops: --learning-rate, --theta and --max-epochs."""
    add_learning_rate(parser, default.learning_rate)
    parser.add_argument(
        "--theta", type=float, default=default.theta, metavar="X", help="stop when the mean gradient is below it"
    )
    parser.add_argument(
        "--max-epochs", type=int, default=default.max_epochs, metavar="N", help="stop after so many epochs"
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add --format with all formats."""
    parser.add_argument("--format", choices=FORMATS, default="text", help="of what is written")


def write_json(value: Mapping[str, Any], out: TextIO) -> None:
    """Write one object in one line. Raises ValueError for a number that JSON does not have."""
    json.dump(value, out, allow_nan=False)
    out.write("\n")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    """Write a table whose lines end alike on every system."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def write_series(counted: str, series: Series, out: TextIO) -> None:
    """Write columns as CSV after a first one, named `counted`, that counts the rows from 0."""
    rows = enumerate(zip(*series.values(), strict=True))
    write_csv([counted, *series], ([number, *row] for number, row in rows), out)


def last_error_and_accuracy(series: Series) -> str:
    """What a training on the 20 samples came to, as a line of text."""
    return f"training error {series['training_error'][-1]:.6f}, accuracy {series['accuracy'][-1]:.2f}\n"


def printed_weights(history: History, epochs_done: int) -> dict[str, list[float]]:
    """The weights of the first run, a 3-1-1 network, in the two rows in which the document prints them."""
    weights = history.weights(0, epochs_done)
    return {"hidden": weights.hidden[0].tolist(), "output": weights.output[0].tolist()}
