"""Install the programs that the tests need and this machine lacks: `python tests/install_programs.py`.

These are a Chromium, HAProxy and ShellCheck, and on Debian and its relatives a library that Playwright's driver is
linked with. The script needs the standard library only, and Playwright where neither a browser nor Debian's package of
one is to be had. Where there is no apt-get, it says what else to install by hand.
"""

import ctypes.util
import os
import platform
import shutil
import subprocess
import sys

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is Chromium without windows, whose pages open a fifth quicker."""
# a user's Chromium needs its sandbox, which the package only recommends
DEBIAN_CHROMIUM = ["chromium-headless-shell", "chromium-sandbox"]
DRIVER_LIBRARY = "libatomic1"
PROGRAMS = ("haproxy", "shellcheck")
"""Their packages are called like them."""
OFF_THE_PATH = "/usr/sbin"
"""Where Debian puts haproxy."""


def find_browser() -> str | None:
    """The Chromium on the path, or None: then Playwright starts the one that it downloaded."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing_programs() -> list[str]:
    """Which of PROGRAMS there are not."""
    path = os.pathsep.join([os.environ["PATH"], OFF_THE_PATH])
    return [program for program in PROGRAMS if shutil.which(program, path=path) is None]


def missing_packages() -> list[str]:
    """What apt-get has to install."""
    if shutil.which("apt-get") is None:
        return []
    library = [] if ctypes.util.find_library("atomic") else [DRIVER_LIBRARY]
    # only Debian's: Ubuntu has a package of that name that is empty
    is_debian = platform.freedesktop_os_release()["ID"] == "debian"
    browser = DEBIAN_CHROMIUM if is_debian and find_browser() is None else []
    return [*library, *browser, *missing_programs()]


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, through sudo unless this is root."""
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    for command in (["apt-get", "update"], ["env", "DEBIAN_FRONTEND=noninteractive", *install]):
        subprocess.run([*prefix, *command], check=True)


def download_browser() -> None:
    """Let Playwright download the Chromium that belongs to it."""
    libraries = ["--with-deps"] if shutil.which("apt-get") else []
    subprocess.run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], check=True)


def main() -> None:
    """Install what is missing, or nothing."""
    packages = missing_packages()
    if packages:
        install_packages(packages)
    if find_browser() is None:
        download_browser()
    if missing := missing_programs():
        sys.exit(f"The tests need these programs too, from your package manager: {', '.join(missing)}")


if __name__ == "__main__":
    main()
