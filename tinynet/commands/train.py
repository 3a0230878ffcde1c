"""`train`: train one run of problem 2."""

import argparse
from typing import Any, TextIO

from tinynet.commands.shared import (
    Commands,
    Series,
    add_format,
    add_init,
    add_numbers,
    last_error_and_accuracy,
    printed_weights,
    write_json,
    write_series,
)
from tinynet.config import Config, Start
from tinynet.initializers import DRAWN
from tinynet.published import COMPARED
from tinynet.training import History, Stop, train


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "train", help="train one run of problem 2", formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    default = Config()
    add_init(parser, COMPARED, "random")
    add_numbers(parser, default.starts[0], "seed")
    add_numbers(parser, default, "order_seed", "learning_rate", "theta", "max_epochs")
    add_format(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace, out: TextIO) -> int:
    """Train one run, and write its history."""
    start = Start(options.init, options.init_seed)
    history = train(Config((start,), options.order_seed, options.learning_rate, options.theta, options.max_epochs))
    series = {name: getattr(history, name)[:, 0].tolist() for name in ("training_error", "accuracy", "gradient")}
    if options.format == "csv":
        write_series("epoch", series, out)
    elif options.format == "json":
        write_json(_whole(history, series), out)
    else:
        out.write(_text(start, history, series))
    return 0


def _whole(history: History, series: Series) -> dict[str, Any]:
    last = history.last_epoch[0]
    return {
        "break_epoch": history.break_epoch(0),
        "diverged_epoch": last if history.stops[0] is Stop.DIVERGED else None,
        "epochs": last + 1,
        **series,
        "initial": printed_weights(history, 0),
        "final": printed_weights(history, last + 1),
    }


def _text(start: Start, history: History, series: Series) -> str:
    seed = f" {start.seed}" if start.init in DRAWN else ""
    return (
        f"{start.init}{seed}: {_stop(history)}\n"
        f"{last_error_and_accuracy(series)}"
        f"initial {printed_weights(history, 0)}\n"
        f"final   {printed_weights(history, history.last_epoch[0] + 1)}\n"
    )


def _stop(history: History) -> str:
    last = history.last_epoch[0]
    return {
        Stop.THETA: f"stopped by θ in epoch {last}",
        Stop.DIVERGED: f"diverged in epoch {last}: every output is saturated, so the gradient vanishes",
        Stop.MAX_EPOCHS: f"not stopped by θ in {last + 1} epochs",
    }[history.stops[0]]
