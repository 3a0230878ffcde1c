"""The command line, `python -m tinynet …`: what the pages show, without a browser."""

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    The exit status is 0, 1 if a replayed result differs, 2 if the input is refused, or 130 after Ctrl+C.
    """
    parser = _parser(sys.argv[1:] if arguments is None else arguments)
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


def _parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of all commands, or that of the one that `arguments` name if it needs no other."""
    parser = argparse.ArgumentParser(prog="python -m tinynet", description="Small neural networks, computed exactly.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _commands(arguments):
        command.add_to(commands)
    return parser


def _commands(arguments: Sequence[str]) -> tuple[ModuleType, ...]:
    """In the order in which --help lists them."""
    if arguments[:1] == ["sweep"]:
        # to import the others takes as long as to train a thousand runs
        from tinynet.commands import sweep

        return (sweep,)
    from tinynet.commands import digits, plane, regions, replay, sweep, symmetry, train

    return replay, train, sweep, regions, symmetry, digits, plane


if __name__ == "__main__":
    sys.exit(main())
