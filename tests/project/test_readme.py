"""What the README promises."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tinynet.published import RESULTS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL_BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
HOUSE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
PLACES = re.findall(r"`((?:pages|tests|tinynet)/[\w./]*|streamlit_app\.py)`", HOUSE)
"""The files and folders that the plan of the house names; `<page>` stands for several."""
EXAMPLES = [line for block in SHELL_BLOCKS for line in block.splitlines() if "-m tinynet" in line]


def test_the_table_holds_the_published_break_epochs_beside_equal_reproduced_ones() -> None:
    rows = [
        [int(cell) for cell in row] for row in re.findall(r"^\| *(\d+) \|" + r" *(\d+) \|" * 4, README, re.MULTILINE)
    ]
    (same,) = (result.break_epoch for result in RESULTS if result.init == "same")
    drawn = [(result.init_seed, result.break_epoch) for result in RESULTS if result.init == "random"]
    assert rows == [[seed, epoch, epoch, same, same] for seed, epoch in drawn]


def test_starting_and_testing_make_the_environment_in_the_same_way() -> None:
    start, test = ([line for line in block.splitlines() if "python3" in line] for block in SHELL_BLOCKS[:2])
    assert len(start) == 2
    assert start == test


def test_the_readme_shows_an_example_of_each_command() -> None:
    assert [shlex.split(example)[3] for example in EXAMPLES] == [
        "replay",
        "train",
        "sweep",
        "regions",
        "symmetry",
        "digits",
        "plane",
    ]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("options", [[], ["--format", "json"]], ids=["as text", "as json"])
def test_an_example_runs_as_it_is_printed(example: str, options: list[str]) -> None:
    _, *arguments = shlex.split(example)
    result = subprocess.run(
        [sys.executable, *arguments, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("{") == bool(options)


def test_every_place_in_the_house_plan_exists() -> None:
    assert "tinynet/" in PLACES
    assert [place for place in PLACES if not (ROOT / place).exists()] == []


def test_there_is_a_picture_of_each_page() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    pages = {f"docs/{page.stem.replace('_', '-')}.png" for page in (ROOT / "pages").glob("*.py")}
    assert pages <= set(pictures)
    assert all((ROOT / picture).read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_the_licences_lie_where_it_says() -> None:
    assert "[MIT licence](LICENSE)" in README
    assert "[tinynet/data/NOTICE.md](tinynet/data/NOTICE.md)" in README
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert code.startswith("MIT License\n\nCopyright (c) ")
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in code


def test_the_notice_names_all_data_and_its_licence() -> None:
    data = ROOT / "tinynet" / "data"
    notice = (data / "NOTICE.md").read_text(encoding="utf-8")
    assert "Creative Commons Attribution-ShareAlike 3.0" in notice
    assert "What was changed:" in notice
    files = {file.name for file in data.iterdir() if file.is_file()} - {"NOTICE.md"}
    assert {name for name in files if not name.endswith(".py")} == {"mnist.npz"}
    assert "`mnist.npz`" in notice
