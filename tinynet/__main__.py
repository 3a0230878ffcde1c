"""The command line, `python -m tinynet …`: what the pages show, without a browser."""

import argparse
import csv
import json
import sys
from typing import Any, TextIO

import numpy as np

from tinynet import digits, published, regions, symmetry
from tinynet.config import Config, Start
from tinynet.initializers import DRAWN
from tinynet.network import Weights
from tinynet.training import History, Stop, train


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 where a replayed result differs, or 2 if the input is refused."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.command(options, sys.stdout))
    except ValueError as error:
        parser.exit(2, f"error: {error}\n")
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tinynet", description="Small neural networks, computed exactly.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _replay_options(commands.add_parser("replay", help="the published break epochs of problem 2 beside ours"))
    _train_options(
        commands.add_parser(
            "train", help="train one run of problem 2", formatter_class=argparse.ArgumentDefaultsHelpFormatter
        )
    )
    _regions_options(commands.add_parser("regions", help="the 10,000 points of problem 1"))
    defaults = argparse.ArgumentDefaultsHelpFormatter
    _symmetry_options(
        commands.add_parser("symmetry", help="do hidden units that start alike stay alike", formatter_class=defaults)
    )
    _digits_options(commands.add_parser("digits", help="train a network on MNIST", formatter_class=defaults))
    return parser


def _replay_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(command=replay)


def _train_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--init", choices=published.COMPARED, default="random", help="how the weights start")
    _training_options(parser, Config())
    parser.set_defaults(command=train_one)


def _training_options(parser: argparse.ArgumentParser, default: Config) -> None:
    """What every training on the 20 samples is told."""
    seed = default.starts[0].seed
    parser.add_argument("--init-seed", type=int, default=seed, metavar="N", help="draws the initial weights")
    parser.add_argument(
        "--order-seed", type=int, default=default.order_seed, metavar="N", help="draws the order of the samples"
    )
    parser.add_argument("--learning-rate", type=float, default=default.learning_rate, metavar="X", help="the step η")
    parser.add_argument(
        "--theta", type=float, default=default.theta, metavar="X", help="stop when the mean gradient is below it"
    )
    parser.add_argument(
        "--max-epochs", type=int, default=default.max_epochs, metavar="N", help="stop after so many epochs"
    )
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="of what is written")


def _symmetry_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--init", choices=symmetry.STARTS, default="zeros", help="how the weights start")
    parser.add_argument("--hidden-units", type=int, default=symmetry.HIDDEN_UNITS, metavar="H", help="how many")
    parser.add_argument(
        "--constant", type=float, default=symmetry.CONSTANT, metavar="X", help="every weight of --init constant"
    )
    parser.add_argument(
        "--noise", type=float, default=0.0, metavar="X", help="ε: what is drawn on top of --init constant"
    )
    _training_options(parser, symmetry.setting(("random",)))
    parser.set_defaults(command=show_symmetry)


def _regions_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", choices=tuple(regions.PRESETS), help="a network of the exercise, by default a")
    parser.add_argument("--hidden", metavar="JSON", help='hidden weights, "[[bias, x1, x2], [bias, x1, x2]]"')
    parser.add_argument("--output", metavar="JSON", help='output weights, "[bias, h1, h2]"')
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.set_defaults(command=decide)


def _digits_options(parser: argparse.ArgumentParser) -> None:
    default = digits.DigitsConfig("uniform")
    parser.add_argument("--init", choices=digits.INITIALIZERS, default="zeros", help="how the weights start")
    parser.add_argument(
        "--iterations", type=int, default=default.iterations, metavar="N", help="stop after so many updates"
    )
    parser.add_argument("--hidden-units", type=int, default=default.hidden_units, metavar="H", help="how many")
    parser.add_argument(
        "--activation", choices=tuple(digits.ACTIVATIONS), default=default.activation, help="of the hidden units"
    )
    parser.add_argument("--learning-rate", type=float, default=default.learning_rate, metavar="X", help="the step η")
    parser.add_argument("--init-seed", type=int, default=default.seed, metavar="N", help="draws the initial weights")
    parser.add_argument(
        "--constant", type=float, default=default.constant, metavar="X", help="every weight of --init constant"
    )
    parser.add_argument(
        "--full-batch", action="store_true", help=f"all training images in each update, instead of {digits.BATCH}"
    )
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="of what is written")
    parser.set_defaults(command=show_digits)


def replay(options: argparse.Namespace, out: TextIO) -> int:
    """Train what the first document trained; 1 unless every break epoch is the published one."""
    runs = [_replayed(result) for result in published.RESULTS]
    same = sum(run["break_epoch"] == run["published_break_epoch"] for run in runs)
    if options.format == "json":
        _write_json({"runs": runs}, out)
    else:
        out.write("init    init seed  order seed  published  reproduced\n")
        for run in runs:
            seed = "-" if run["init_seed"] is None else run["init_seed"]
            out.write(
                f"{run['init']:<6}  {seed:>9}  {run['order_seed']:>10}  {run['published_break_epoch']:>9}  "
                f"{run['break_epoch'] if run['break_epoch'] is not None else 'none':>10}\n"
            )
        out.write(f"{same} of {len(runs)}\n")
    return 0 if same == len(runs) else 1


def _replayed(result: published.Result) -> dict[str, Any]:
    history = train(Config((Start(result.init, result.init_seed or 0),)))
    return {
        "init": result.init,
        "init_seed": result.init_seed,
        "order_seed": published.ORDER_SEED,
        "published_break_epoch": result.break_epoch,
        "break_epoch": history.break_epoch(0),
        **_weights(history, 0),
    }


def train_one(options: argparse.Namespace, out: TextIO) -> int:
    """Train one run and write its history."""
    start = Start(options.init, options.init_seed)
    history = train(Config((start,), options.order_seed, options.learning_rate, options.theta, options.max_epochs))
    series = {name: getattr(history, name)[:, 0].tolist() for name in ("training_error", "accuracy", "gradient")}
    last = history.last_epoch[0]
    if options.format == "csv":
        _write_csv(["epoch", *series], zip(range(last + 1), *series.values(), strict=True), out)
    elif options.format == "json":
        _write_json(
            {
                "break_epoch": history.break_epoch(0),
                "diverged_epoch": last if history.stops[0] is Stop.DIVERGED else None,
                "epochs": last + 1,
                **series,
                "initial": _weights(history, 0),
                "final": _weights(history, last + 1),
            },
            out,
        )
    else:
        seed = f" {start.seed}" if start.init in DRAWN else ""
        out.write(f"{start.init}{seed}: {_stop(history)}\n")
        out.write(f"training error {series['training_error'][-1]:.6f}, accuracy {series['accuracy'][-1]:.2f}\n")
        for name, epochs_done in (("initial", 0), ("final", last + 1)):
            out.write(f"{name:<8}{_weights(history, epochs_done)}\n")
    return 0


def show_symmetry(options: argparse.Namespace, out: TextIO) -> int:
    """Train a 3-H-1 network and write how far its hidden units are apart after each epoch."""
    config = symmetry.setting(
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
    history = train(config)
    last = history.last_epoch[0]
    series = {
        "training_error": history.training_error[:, 0].tolist(),
        "accuracy": history.accuracy[:, 0].tolist(),
        "spread": symmetry.spread(history.hidden)[1:, 0].tolist(),
    }
    if options.format == "csv":
        _write_csv(["epoch", *series], zip(range(last + 1), *series.values(), strict=True), out)
    elif options.format == "json":
        _write_json(series, out)
    else:
        units = symmetry.different_units(history.weights(0, last + 1))
        out.write(f"{options.init}: {symmetry.case(history, 0).value} after {last + 1} epochs\n")
        out.write(f"spread {series['spread'][-1]:.6g}, different hidden units {units} of {options.hidden_units}\n")
        out.write(f"training error {series['training_error'][-1]:.6f}, accuracy {series['accuracy'][-1]:.2f}\n")
    return 0


def show_digits(options: argparse.Namespace, out: TextIO) -> int:
    """Train on MNIST and write loss, accuracy and spread before the first update and after each."""
    config = digits.DigitsConfig(
        options.init,
        options.hidden_units,
        options.activation,
        options.learning_rate,
        options.iterations,
        options.full_batch,
        options.init_seed,
        options.constant,
    )
    history = digits.train(config)
    series = {name: getattr(history, name).tolist() for name in ("loss", "accuracy", "spread")}
    if options.format == "csv":
        _write_csv(["iteration", *series], zip(range(len(history.loss)), *series.values(), strict=True), out)
    elif options.format == "json":
        _write_json(series, out)
    else:
        diverged = ", then it diverged" if history.end is digits.End.DIVERGED else ""
        out.write(f"{options.init}: {len(history.loss) - 1} iterations{diverged}\n")
        out.write(f"loss {history.loss[-1]:.6f}, accuracy on the test images {history.accuracy[-1]:.4f}\n")
        out.write(f"spread {history.spread[-1]:.6g}\n")
    return 0


def _stop(history: History) -> str:
    last = history.last_epoch[0]
    return {
        Stop.THETA: f"stopped by θ in epoch {last}",
        Stop.DIVERGED: f"diverged in epoch {last}: every output is at its limit, no gradient is left",
        Stop.MAX_EPOCHS: f"not stopped by θ in {last + 1} epochs",
    }[history.stops[0]]


def _weights(history: History, epochs_done: int) -> dict[str, list[float]]:
    """The weights of a 3-1-1 network as the document prints them: two rows."""
    weights = history.weights(0, epochs_done)
    return {"hidden": weights.hidden[0].tolist(), "output": weights.output[0].tolist()}


def decide(options: argparse.Namespace, out: TextIO) -> int:
    """Evaluate a 2-2-1 network on the grid."""
    result = regions.decide(_chosen_weights(options))
    if options.format == "json":
        counts = {"positive": result.positive, "negative": result.negative}
        _write_json({**counts, "output": result.output.ravel().tolist()}, out)
    elif options.format == "csv":
        points = np.stack(np.meshgrid(regions.axis(), regions.axis(), indexing="ij"))
        rows = np.concatenate([points, result.hidden, result.output[None]]).reshape(5, -1).T
        _write_csv(["x1", "x2", "h1", "h2", "o"], rows.tolist(), out)
    else:
        out.write(f"positive {result.positive:>6}\nnegative {result.negative:>6}\n")
    return 0


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


def _write_json(value: dict[str, Any], out: TextIO) -> None:
    json.dump(value, out, allow_nan=False)
    out.write("\n")


def _write_csv(header: list[str], rows: Any, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
