"""`regions`: the output of a 2-2-1 network at each point of the grid of problem 1."""

import argparse
import json
from typing import Any, TextIO

import numpy as np

from tinynet import regions
from tinynet.commands.shared import Commands, add_format, write_csv, write_json
from tinynet.network import Weights


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("regions", help="evaluate a 2-2-1 network on the 10,000 points of problem 1")
    parser.add_argument("--preset", choices=tuple(regions.PRESETS), help="network of the exercise (default: a)")
    parser.add_argument("--hidden", metavar="JSON", help='hidden weights, "[[bias, x1, x2], [bias, x1, x2]]"')
    parser.add_argument("--output", metavar="JSON", help='output weights, "[bias, h1, h2]"')
    add_format(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace, out: TextIO) -> int:
    """Evaluate a 2-2-1 network on the grid, and write its outputs or their counts."""
    decision = regions.decide(_chosen_weights(options))
    counts = {"positive": decision.positive, "negative": decision.negative}
    if options.format == "json":
        write_json({**counts, "output": decision.output.ravel().tolist()}, out)
    elif options.format == "csv":
        write_csv(["x1", "x2", "h1", "h2", "o"], _rows(decision), out)
    else:
        out.writelines(f"{sign} {count:>6}\n" for sign, count in counts.items())
    return 0


def _rows(decision: regions.Regions) -> list[list[float]]:
    points = np.stack(np.meshgrid(regions.axis(), regions.axis(), indexing="ij"))
    rows: list[list[float]] = np.concatenate([points, decision.hidden, decision.output[None]]).reshape(5, -1).T.tolist()
    return rows


def _chosen_weights(options: argparse.Namespace) -> Weights:
    if options.hidden is None and options.output is None:
        return regions.PRESETS[options.preset or "a"]
    if options.preset or options.hidden is None or options.output is None:
        raise ValueError("give either --preset or both --hidden and --output")
    return Weights(_parse("--hidden", options.hidden), _parse("--output", f"[{options.output}]"))


def _parse(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{name} must be a JSON list of numbers, received {text[:80]}") from None
