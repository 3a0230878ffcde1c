"""What the script decides to install, on machines made of a path and a name."""

import ctypes.util
import platform
from pathlib import Path

import pytest

from tests import install_programs
from tests.install_programs import BROWSERS, PROGRAMS, find_browser, missing_packages

CHROMIUM = ["chromium-headless-shell", "chromium-sandbox"]


def pretend(
    monkeypatch: pytest.MonkeyPatch, folder: Path, system: str, programs: list[str], libraries: list[str]
) -> None:
    """Let this machine be of the kind `system`, with `programs` on its path and `libraries` installed."""
    for program in programs:
        (folder / program).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(install_programs, "OFF_THE_PATH", str(folder))
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": system})
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: name if name in libraries else None)


@pytest.mark.parametrize("program", BROWSERS)
def test_a_browser_on_the_path_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    pretend(monkeypatch, tmp_path, "debian", [program], [])
    assert find_browser() == str(tmp_path / program)


@pytest.mark.parametrize(
    ("system", "programs", "libraries", "packages"),
    [
        ("debian", ["apt-get"], [], ["libatomic1", *CHROMIUM, *PROGRAMS]),
        ("debian", ["apt-get"], ["atomic"], [*CHROMIUM, *PROGRAMS]),
        ("debian", ["apt-get", "chromium", "haproxy"], [], ["libatomic1", "shellcheck"]),
        ("debian", ["apt-get", "chromium", *PROGRAMS], ["atomic"], []),
        ("ubuntu", ["apt-get"], [], ["libatomic1", *PROGRAMS]),
        ("fedora", [], [], []),
    ],
)
def test_only_what_is_missing_is_installed(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    system: str,
    programs: list[str],
    libraries: list[str],
    packages: list[str],
) -> None:
    pretend(monkeypatch, tmp_path, system, programs, libraries)
    assert missing_packages() == packages
