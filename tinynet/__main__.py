"""The command line, `python -m tinynet …`: what the pages show, without a browser."""

import argparse
import sys

from tinynet.commands import digits, plane, regions, replay, sweep, symmetry, train

COMMANDS = (replay, train, sweep, regions, symmetry, digits, plane)
"""In the order in which --help lists them."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    The exit status is 0, 1 if a replayed result differs, 2 if the input is refused, or 130 after Ctrl+C.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.command(options, sys.stdout))
    except KeyboardInterrupt:
        return 130  # the shell convention for Ctrl+C
    except ValueError as error:
        parser.exit(2, f"error: {error}\n")
    except BrokenPipeError:  # the reader has closed the pipe, as `head` does
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
