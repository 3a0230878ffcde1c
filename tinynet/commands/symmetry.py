"""`symmetry`: train a 3-H-1 network from equal or different hidden units."""

import argparse
from typing import TextIO

from tinynet import symmetry
from tinynet.commands.shared import (
    Commands,
    Series,
    add_format,
    add_init,
    add_numbers,
    last_error_and_accuracy,
    of_units,
    write_json,
    write_series,
)
from tinynet.config import Config
from tinynet.training import History, train


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "symmetry",
        help="test whether equal hidden units stay equal",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    default = symmetry.setting(("constant", "random"))  # other starts ignore, and so reset, a constant or a seed
    constant, drawn = default.starts
    add_init(parser, symmetry.STARTS, "zeros")
    add_numbers(parser, default, "hidden_units")
    add_numbers(parser, constant, "value", "noise")
    add_numbers(parser, drawn, "seed")
    add_numbers(parser, default, "order_seed", "learning_rate", "theta", "max_epochs")
    add_format(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace, out: TextIO) -> int:
    """Train a 3-H-1 network, and write the spread of its hidden units after each epoch."""
    history = train(_config(options))
    series = of_units(history)
    if options.format == "csv":
        write_series("epoch", series, out)
    elif options.format == "json":
        write_json(series, out)
    else:
        out.write(_text(options, history, series))
    return 0


def _config(options: argparse.Namespace) -> Config:
    return symmetry.setting(
        (options.init,),
        options.hidden_units,
        options.constant,
        options.noise,
        options.init_seed,
        options.order_seed,
        options.learning_rate,
        options.theta,
        options.max_epochs,
    )


def _text(options: argparse.Namespace, history: History, series: Series) -> str:
    epochs = history.last_epoch[0] + 1
    units = symmetry.different_units(history.weights(0, epochs))
    return (
        f"{options.init}: {symmetry.case(history, 0).value} after {epochs} epochs\n"
        f"spread {series['spread'][-1]:.6g}, different hidden units {units} of {options.hidden_units}\n"
        f"{last_error_and_accuracy(series)}"
    )
