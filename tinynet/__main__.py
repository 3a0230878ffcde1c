"""The command line, `python -m tinynet …`: what the pages show, without a browser."""

import argparse
import sys

from tinynet.commands import digits, regions, replay, sweep, symmetry, train

COMMANDS = (replay, train, sweep, regions, symmetry, digits)
"""In the order in which --help names them."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    The exit status is 0, 1 where a replayed result differs, 2 if the input is refused, or 130 if Ctrl+C ended it.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.command(options, sys.stdout))
    except KeyboardInterrupt:
        return 130  # as a shell says it
    except ValueError as error:
        parser.exit(2, f"error: {error}\n")
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tinynet", description="Small neural networks, computed exactly.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
