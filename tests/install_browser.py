"""Make sure that there is a Chromium for the browser tests: `python tests/install_browser.py`.

It needs the standard library only, and Playwright where neither a browser nor Debian's package is to be had.
"""

import os
import platform
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """The Chromium on PATH, or None: then Playwright starts the one that it installed itself."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def is_debian() -> bool:
    """Whether apt-get can install Chromium as a package. Ubuntu's package of that name is a stub."""
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def install_from_debian() -> None:
    """Install Debian's package, through sudo unless this is root."""
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    # a user's Chromium needs its sandbox, which is only recommended by the package
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium", "chromium-sandbox"]
    for command in (["apt-get", "update"], ["env", "DEBIAN_FRONTEND=noninteractive", *install]):
        subprocess.run([*prefix, *command], check=True)


def install_from_playwright() -> None:
    """Download the Chromium that belongs to the installed Playwright."""
    dependencies = ["--with-deps"] if shutil.which("apt-get") else []
    subprocess.run([sys.executable, "-m", "playwright", "install", *dependencies, "chromium"], check=True)


def main() -> None:
    """Install a browser if there is none."""
    if find_browser() is not None:
        return
    if is_debian():
        install_from_debian()
    else:
        install_from_playwright()


if __name__ == "__main__":
    main()
