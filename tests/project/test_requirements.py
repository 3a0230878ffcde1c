"""The packages that the app needs: their bounds at both ends, and what is installed here."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "requirements.txt"
NEWEST_PYTHON = "3.14"
"""The newest for which the lowest versions are meant; the oldest is the one that README.md names."""
PIP = (sys.executable, "-m", "pip")
EACH_PAGE_ONCE = """
import sys
from streamlit.testing.v1 import AppTest

app = AppTest.from_file(sys.argv[1], default_timeout=60).run()
for page in sys.argv[2:]:
    assert len(app.switch_page(page).run().main) > 0, f"{page} is empty"
    assert not app.exception, f"{page}: {app.exception}"
"""


def requirements(file: Path) -> list[Requirement]:
    """What a file asks for itself; the files that it refers to are left out."""
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-r")]


def bounds(requirement: Requirement, operator: str) -> list[Version]:
    """The versions that a requirement names after `operator`."""
    return [Version(part.version) for part in requirement.specifier if part.operator == operator]


LOWEST = {requirement.name: bounds(requirement, ">=")[0] for requirement in requirements(RUNTIME)}
PINNED = [f"{name}=={lowest}" for name, lowest in LOWEST.items()]
# a folder that is never made: pip resolves for another Python only where it would install into a folder
ELSEWHERE = ("--target", "never-made")


def resolved(folder: Path, *arguments: str) -> dict[str, Version]:
    """What pip would install on an empty machine, by name; it downloads and installs nothing."""
    report = folder / "report.json"
    options = ("--dry-run", "--ignore-installed", "--only-binary", ":all:", "--report", str(report))
    succeed(*PIP, "install", *options, *arguments)
    installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {item["metadata"]["name"]: Version(item["metadata"]["version"]) for item in installed}


def succeed(*command: str) -> str:
    """Run a command in the clone, and fail with its words if it fails. Gives what it wrote."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
    return result.stdout


def test_the_app_needs_four_packages_each_from_a_lowest_version_up_to_the_next_large_one() -> None:
    assert list(LOWEST) == ["streamlit", "numpy", "pandas", "altair"]
    for requirement in requirements(RUNTIME):
        (low,), (high,) = bounds(requirement, ">="), bounds(requirement, "<")
        assert low < high, requirement


@pytest.mark.parametrize("file", [RUNTIME, ROOT / "tests" / "requirements.txt"], ids=lambda file: file.parent.name)
def test_what_is_installed_is_within_the_bounds(file: Path) -> None:
    outside = [one for one in requirements(file) if version(one.name) not in one.specifier]
    assert [f"{one} but {version(one.name)}" for one in outside] == []


def test_the_installed_packages_do_not_conflict() -> None:
    assert succeed(*PIP, "check").strip() == "No broken requirements found."


def test_the_newest_versions_within_the_bounds_go_together(tmp_path: Path) -> None:
    """No package holds another below its upper bound, so that what a new clone installs is what the bounds say."""
    together, each_alone = (resolved(tmp_path, *alone, "-r", str(RUNTIME)) for alone in ((), ("--no-deps",)))
    assert set(each_alone) == set(LOWEST)
    assert {name: together[name] for name in LOWEST} == each_alone


def test_the_lowest_versions_need_no_compiler_on_the_newest_python(tmp_path: Path) -> None:
    arguments = ("--no-deps", "--python-version", NEWEST_PYTHON, *ELSEWHERE, *PINNED)
    assert resolved(tmp_path, *arguments) == LOWEST


def test_the_pages_and_the_published_runs_hold_on_the_lowest_versions(tmp_path: Path) -> None:
    """In an environment of its own, with the Python that runs the tests."""
    folder = tmp_path / "lowest"
    succeed(sys.executable, "-m", "venv", "--without-pip", str(folder))
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    succeed(*PIP, "--python", python, "install", "--no-compile", "--only-binary", ":all:", *PINNED)
    ask = f"from importlib.metadata import version; print(*map(version, {list(LOWEST)}))"
    assert [Version(text) for text in succeed(python, "-c", ask).split()] == list(LOWEST.values())
    pages = sorted(str(page.relative_to(ROOT)) for page in (ROOT / "pages").glob("*.py"))
    succeed(python, "-c", EACH_PAGE_ONCE, str(ROOT / "streamlit_app.py"), *pages)
    assert succeed(python, "-m", "tinynet", "replay").endswith("4 of 4\n")
