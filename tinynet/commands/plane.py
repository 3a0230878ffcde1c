"""`plane`: train a 2-H-1 network on points in the plane."""

import argparse
from pathlib import Path
from typing import Any, TextIO

from tinynet import plane, symmetry
from tinynet.commands.shared import (
    NUMBERS,
    Commands,
    Series,
    add_format,
    add_init,
    add_number,
    add_numbers,
    last_error_and_accuracy,
    of_units,
    write_json,
    write_series,
)
from tinynet.config import Config, Start
from tinynet.datasets import Dataset
from tinynet.points import HEADER, KINDS, Generated, Own, dataset, read_csv
from tinynet.ranges import range_of
from tinynet.training import History, train

DRAWN_POINTS = (
    ("points", "--points-count", "number of drawn points"),
    ("noise", "--noise", "how far the drawn points are moved"),
    ("seed", "--data-seed", "seed for the drawn points"),
)


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "plane",
        help="train a network on points in the plane",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    constant, drawn = symmetry.setting(("constant", "random")).starts
    default, generated = plane.setting((drawn,)), Generated()
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--data", choices=KINDS, default=generated.name, help="shape of the drawn points")
    source.add_argument("--points", metavar="FILE", help=f"CSV file of points to train on instead: {HEADER}")
    for name, option, description in DRAWN_POINTS:
        add_number(parser, option, description, getattr(generated, name), range_of(Generated, name))
    add_number(parser, *NUMBERS["hidden_units"], default.hidden_units, plane.HIDDEN_UNITS_ALLOWED)
    add_init(parser, plane.STARTS, "random")
    add_numbers(parser, constant, "value")
    add_number(parser, "--noise-on-weights", NUMBERS["noise"][1], constant.noise, range_of(Start, "noise"))
    add_numbers(parser, drawn, "seed")
    add_numbers(parser, default, "order_seed", "learning_rate", "theta", "max_epochs")
    add_format(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace, out: TextIO) -> int:
    """Train a 2-H-1 network, and write its history."""
    config, points = _config(options), dataset(_source(options))
    history = train(config, points)
    series = of_units(history)
    if options.format == "csv":
        write_series("epoch", series, out)
    elif options.format == "json":
        write_json(_whole(history, series), out)
    else:
        out.write(_text(options, points, history, series))
    return 0


def _source(options: argparse.Namespace) -> Generated | Own:
    if options.points is None:
        return Generated(options.data, options.points_count, options.noise, options.data_seed)
    try:
        # the byte order mark that some programs write is no part of the text
        return read_csv(Path(options.points).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ValueError(f"{options.points} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{options.points} must be text in UTF-8") from None


def _config(options: argparse.Namespace) -> Config:
    return plane.setting(
        (symmetry.start(options.init, options.init_seed, options.constant, options.noise_on_weights),),
        options.hidden_units,
        options.order_seed,
        options.learning_rate,
        options.theta,
        options.max_epochs,
    )


def _whole(history: History, series: Series) -> dict[str, Any]:
    return {
        **series,
        "break_epoch": history.break_epoch(0),
        "initial": _weights(history, 0),
        "final": _weights(history, history.epochs),
    }


def _weights(history: History, epochs_done: int) -> dict[str, Any]:
    """One row per hidden unit, and the row of the output, as `regions` takes them."""
    weights = history.weights(0, epochs_done)
    return {"hidden": weights.hidden.tolist(), "output": weights.output[0].tolist()}


def _text(options: argparse.Namespace, points: Dataset, history: History, series: Series) -> str:
    final = history.weights(0, history.epochs)
    lines = len(plane.different_lines(final.hidden))
    return (
        f"{options.init}: {symmetry.case(history, 0).value} after {history.epochs} epochs\n"
        f"spread {series['spread'][-1]:.6g}, different hidden units {symmetry.different_units(final)} of "
        f"{options.hidden_units}, different lines {lines}\n"
        f"{last_error_and_accuracy(series)}"
        f"best line: {plane.best_line(points).correct} of {len(points.labels)} points on the side of their class\n"
    )
