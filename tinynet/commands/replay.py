"""`replay`: train the published runs of problem 2 again."""

import argparse
from collections.abc import Mapping
from typing import Any, TextIO

from tinynet import published
from tinynet.commands.shared import Commands, add_format, printed_weights, write_json
from tinynet.config import Config, Start
from tinynet.training import train


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("replay", help="reproduce the published break epochs of problem 2")
    add_format(parser, ("text", "json"))
    parser.set_defaults(command=run)


def run(options: argparse.Namespace, out: TextIO) -> int:
    """Train the runs of the first document. The status is 0 if every break epoch is the published one, otherwise 1."""
    replayed = [_replayed(result) for result in published.RESULTS]
    same = sum(result["break_epoch"] == result["published_break_epoch"] for result in replayed)
    if options.format == "json":
        write_json({"runs": replayed}, out)
    else:
        out.write("init    init seed  order seed  published  reproduced\n")
        out.writelines(_row(result) for result in replayed)
        out.write(f"{same} of {len(replayed)}\n")
    return 0 if same == len(replayed) else 1


def _replayed(result: published.Result) -> dict[str, Any]:
    history = train(Config((Start(result.init, result.init_seed or 0),)))
    return {
        "init": result.init,
        "init_seed": result.init_seed,
        "order_seed": published.ORDER_SEED,
        "published_break_epoch": result.break_epoch,
        "break_epoch": history.break_epoch(0),
        **printed_weights(history, 0),
    }


def _row(result: Mapping[str, Any]) -> str:
    seed = "-" if result["init_seed"] is None else result["init_seed"]
    reproduced = "none" if result["break_epoch"] is None else result["break_epoch"]
    return (
        f"{result['init']:<6}  {seed:>9}  {result['order_seed']:>10}  "
        f"{result['published_break_epoch']:>9}  {reproduced:>10}\n"
    )
