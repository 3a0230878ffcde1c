"""`digits`: train a 784-H-10 network on MNIST."""

import argparse
from typing import TextIO

from tinynet import digits, digits_history
from tinynet.commands.shared import (
    Commands,
    add_format,
    add_init,
    add_numbers,
    write_json,
    write_series,
)
from tinynet.digits_network import ACTIVATIONS


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "digits", help="train a network on MNIST", formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    default = digits.DigitsConfig("uniform")
    add_init(parser, digits.INITIALIZERS, "zeros")
    add_numbers(parser, default, "iterations", "hidden_units")
    parser.add_argument(
        "--activation",
        choices=tuple(ACTIVATIONS),
        default=default.activation,
        help="activation of the hidden units",
    )
    add_numbers(parser, default, "learning_rate", "seed", "constant")
    parser.add_argument(
        "--full-batch", action="store_true", help=f"use all training images in each update instead of {digits.BATCH}"
    )
    add_format(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace, out: TextIO) -> int:
    """Train on MNIST, and write loss, accuracy and spread before the first update and after each one."""
    history = digits_history.train(_config(options))
    series = {name: getattr(history, name).tolist() for name in ("loss", "accuracy", "spread")}
    if options.format == "csv":
        write_series("iteration", series, out)
    elif options.format == "json":
        write_json(series, out)
    else:
        out.write(_text(options.init, history))
    return 0


def _config(options: argparse.Namespace) -> digits.DigitsConfig:
    return digits.DigitsConfig(
        options.init,
        options.hidden_units,
        options.activation,
        options.learning_rate,
        options.iterations,
        options.full_batch,
        options.init_seed,
        options.constant,
    )


def _text(init: str, history: digits_history.History) -> str:
    diverged = ", then it diverged" if history.end is digits_history.End.DIVERGED else ""
    return (
        f"{init}: {len(history.loss) - 1} iterations{diverged}\n"
        f"loss {history.loss[-1]:.6f}, accuracy on the test images {history.accuracy[-1]:.4f}\n"
        f"spread {history.spread[-1]:.6g}\n"
    )
