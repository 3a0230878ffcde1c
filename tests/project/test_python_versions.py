"""Other versions of Python give the numbers that this one gives, to the last bit."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import numpy as np
import pytest

from tinynet.__main__ import main

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
QUESTIONS = {
    "a published run": ("train", "--init", "random", "--init-seed", "1500"),
    "the largest seeds": (
        *("train", "--init", "he", "--init-seed", "9007199254740991", "--order-seed", "9007199254740991"),
        *("--theta", "0", "--max-epochs", "40"),
    ),
    "a sweep": ("sweep", "--init-seeds", "0:40", "--order-seeds", "2018:2020", "--max-epochs", "150"),
    "decision regions": ("regions", "--preset", "b"),
    "symmetry": ("symmetry", "--init", "constant", "--noise", "0.01", "--hidden-units", "3", "--max-epochs", "60"),
}
"""What is asked on the command line, by name."""


@cache
def pythons() -> dict[str, str]:
    """The program of this Python, and one of each other version that is found, by version."""
    found = {version: program for program in _programs() if (version := _version(program)) in VERSIONS}
    return dict(sorted((found | {HERE: sys.executable}).items()))


def _programs() -> Iterator[str]:
    """What may be a Python of such a version: on the path, and where pyenv and uv keep theirs."""
    for kept in (Path(".pyenv/versions"), Path(".local/share/uv/python")):
        yield from map(str, sorted((Path.home() / kept).glob("*3.1[1-4].*/bin/python3")))
    for folder in os.environ["PATH"].split(os.pathsep):
        yield from filter(None, (which(f"python{version}", path=folder) for version in VERSIONS))


def _version(program: str) -> str | None:
    """Its version, or None if it does not start: pyenv puts programs on the path of which not all do."""
    ask = "import sys; print('.'.join(map(str, sys.version_info[:2])))"
    result = subprocess.run([program, "-c", ask], capture_output=True, text=True, check=False)
    return result.stdout.strip() if result.returncode == 0 else None


@pytest.fixture(scope="module", params=pythons())
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A program of each version; one of another version than this has numpy in an environment of its own."""
    version: str = request.param
    if version == HERE:
        return sys.executable
    folder = tmp_path_factory.mktemp(f"python{version}")
    succeed(pythons()[version], "-m", "venv", "--without-pip", str(folder))
    program = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    # not a newer numpy than the one here, which may round otherwise
    wanted = ("--only-binary", ":all:", "--no-compile", f"numpy<={np.__version__}")
    succeed(sys.executable, "-m", "pip", "--python", program, "install", *wanted)
    return program


def succeed(*command: str) -> str:
    """Run a command in the clone, and fail with its words if it fails. Gives what it wrote."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
    return result.stdout


def asked(question: str) -> list[str]:
    return [*QUESTIONS[question], "--format", "json"]


@cache
def answer_here(question: str) -> Any:
    """What the Python that runs the tests answers."""
    with redirect_stdout(io.StringIO()) as out:
        assert main(asked(question)) == 0
    return json.loads(out.getvalue())


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_version_of_python_gives_the_same_numbers(python: str, question: str) -> None:
    # JSON holds each number with as many digits as tell it from all others
    assert json.loads(succeed(python, "-m", "tinynet", *asked(question))) == answer_here(question)
