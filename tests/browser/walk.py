"""After every edit, a page shows what a fresh visit of its own link shows: `python -m tests.browser.walk --help`.

It finds all that can be used on a page, changes each once from the default state and once after two other edits, all by
random values that follow from a seed, and compares the page with a fresh visit of its address in a second window.
"""

import argparse
import re
import secrets
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from random import Random
from urllib.parse import quote_plus, urlsplit

from playwright.sync_api import Error, Page, sync_playwright

from pages.ui.why_not_zero.controls import SECTION
from tests.browser.app_server import AppServer, complaints, running_app
from tests.browser.hands import (
    FOR_ALL_PAGES,
    Control,
    Edit,
    Key,
    NotDrivenError,
    choose,
    find_controls,
    is_in_no_link,
    others,
    use,
)
from tests.browser.looks import Difference, Look, differences, read, script
from tests.browser.visits import AT_REST, LAPTOP, Visits, launched

Say = Callable[[str], object]
PAGES = {
    "decision_regions": "",
    "training": "training",
    **{
        "why_not_zero" + f" {section}" * (section != "symmetry"): f"why_not_zero?section={quote_plus(name)}"
        for section, name in SECTION.labels.items()
    },
    "sweep": "sweep",
    "in_the_plane": "in_the_plane",
}
"""The address of each page, and of each section of a page that draws only the open one."""
EDITS_BEFORE = 2
ATTEMPTS = 5
"""How often other edits are tried when those that were chosen hide the control or leave the page."""
READINGS, READING_MS = 2, 200
"""So many readings must be the same, one so long after the other: charts paint after the script has ended."""
PLAY_SECONDS = 3.0
"""How long what plays is watched before Pause is pressed."""
PATIENCE = 240.0
"""Seconds that a page may train."""
CASES_A_WINDOW = 40
"""A window that has seen many visits grows slow."""


class NotAtRestError(Exception):
    """A page that goes on changing, or never answers."""


@dataclass
class Window:
    """A window with a page of the app."""

    page: Page

    def visit(self, url: str) -> Look:
        """Open an address. Gives what it shows once nothing moves any more."""
        self.page.goto(url)
        return self.settled()

    def settled(self) -> Look:
        """What the page shows once it is at rest, nothing trains or plays, and successive readings are the same."""
        begin = time.monotonic()
        same: list[Look] = []
        while len(same) < READINGS:
            if time.monotonic() > begin + PATIENCE:
                raise NotAtRestError(f"the page was not at rest after {PATIENCE:.0f} s")
            self.page.wait_for_timeout(READING_MS)
            now = [read(self.page)] if self._is_at_rest(begin) else []
            same = [*same, *now] if now and now == same[-1:] else now
        return same[-1]

    def _is_at_rest(self, begin: float) -> bool:
        if self.page.evaluate(script("return isBusy()")):
            if time.monotonic() > begin + PLAY_SECONDS:
                self._press_pause()
            return False
        return bool(self.page.evaluate(AT_REST))

    def _press_pause(self) -> None:
        pause = self.page.get_by_role("button", name="Pause")
        try:
            pause.first.click(timeout=500)
        except Error:  # it does not play, or has ended meanwhile
            return


@dataclass
class Case:
    """One comparison: the page, the edits in their order, those of them that no link holds, and what was wrong."""

    page: str
    edits: list[Edit] = field(default_factory=list)
    repeated: list[Edit] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether the page showed what its link shows, and complained of nothing."""
        return not self.faults and not self.differing

    def __str__(self) -> str:
        return f"{self.page}: " + ", then ".join(map(str, self.edits))


@dataclass
class Walker:
    """Two windows of a running app: what is edited in one is compared with a fresh visit in the other."""

    visits: Visits
    server: AppServer
    cases: int = 0
    leading_away: set[str] = field(default_factory=set)
    """Families of controls that led to another page."""
    edited: Window = field(init=False)
    fresh: Window = field(init=False)
    seen: Look = field(init=False)
    """What the last edit left."""

    def __post_init__(self) -> None:
        self.edited, self.fresh = self._open(), self._open()

    def _open(self) -> Window:
        page = self.visits.open_window()
        page.set_viewport_size(LAPTOP)
        return Window(page)

    def begin(self, page: str) -> Case:
        """Open a page in its default state."""
        self.cases += 1
        if self.cases % CASES_A_WINDOW == 0:
            self.visits.close()
            self.edited, self.fresh = self._open(), self._open()
        self.edited.visit(f"{self.visits.url}/{PAGES[page]}")
        return Case(page)

    def controls(self) -> list[Control]:
        """All that can be used on the edited page."""
        return find_controls(self.edited.page)

    def do(self, case: Case, edit: Edit) -> None:
        """Use a control."""
        case.edits.append(edit)
        address = self.edited.page.url
        use(self.edited.page, edit)
        self.seen = self.edited.settled()
        if not self.is_on(case.page):
            # what no link holds need not outlive its page
            case.repeated = [edit for edit in case.repeated if edit.control.name == FOR_ALL_PAGES]
        elif is_in_no_link(edit.control) and self.edited.page.url == address:
            case.repeated.append(edit)
        still_there = {control.key for control in self.controls()}
        case.repeated = [edit for edit in case.repeated if edit.control.key in still_there]

    def compare(self, case: Case) -> None:
        """Note in what the page, as the last edit left it, differs from a fresh visit of its link."""
        self.note_faults(case)
        fresh = self.fresh.visit(self.edited.page.url)
        for edit in case.repeated:
            use(self.fresh.page, edit)
            fresh = self.fresh.settled()
        self.note_faults(case, "in the fresh visit: ")
        case.differing += differences(self.seen, fresh)

    def note_faults(self, case: Case, where: str = "") -> None:
        """Take over what the browser and the server have complained of."""
        found = [*self.visits.faults, *complaints(self.server.read_log())]
        self.visits.faults.clear()
        case.faults += [f"{where}{fault}" for fault in dict.fromkeys(found)]

    def is_on(self, page: str) -> bool:
        """Whether the edited page is still that page."""
        return urlsplit(self.edited.page.url).path.strip("/") == urlsplit(PAGES[page]).path


def walk(
    walker: Walker, page: str, seed: int, say: Say, wanted: Callable[[Control], bool] = lambda control: True
) -> Iterator[Case]:
    """Use every control of a page that is `wanted`, those too that come to light on the way. Gives each comparison."""
    walker.begin(page)
    found = walker.controls()
    say(f"{page}: left alone is what {_reasons(found)}")
    queue: deque[tuple[list[Edit], Control]] = deque(([], control) for control in found if not control.alone)
    met = {_family(control) for _, control in queue if not control.disabled}
    while queue:
        before, control = queue.popleft()
        if not wanted(control):
            continue
        if control.disabled:
            by = _enabled_by(walker, page, control)
            say(f"{page}: {control} is disabled; " + (f"{by} enables it" if by else "no option above enables it"))
            queue.extend([([by], replace(control, disabled=False))] if by else [])
            continue
        if reason := _left_alone(control):
            say(f"{page}: {control} is left alone: {reason}")
            continue
        random = Random(f"{seed} {page} {control.key}")
        yield (case := _alone(walker, page, before, control, random))
        queue.extend((list(case.edits), found) for found in _come_to_light(walker, page, met))
        yield from _after_others(walker, page, before, control, random, say)


def _reasons(found: Sequence[Control]) -> str:
    """Why some controls are left alone, and how many."""
    return ", ".join(
        f"{reason} ({number})" for reason, number in Counter(one.alone for one in found if one.alone).items()
    )


def _enabled_by(walker: Walker, page: str, control: Control) -> Edit | None:
    """The option, in the nearest list of them above the control first, that makes it usable."""
    walker.begin(page)
    found = walker.controls()
    above = found[: [one.key for one in found].index(control.key)]
    for other in reversed([one for one in above if one.kind == "options" and not _left_alone(one)]):
        for name in others(other):
            walker.do(walker.begin(page), edit := Edit(other, name))
            if _is_usable(walker, control):
                return edit
    return None


def _alone(walker: Walker, page: str, before: Sequence[Edit], control: Control, random: Random) -> Case:
    """Use a control, on the default state or on what brought it to light, and compare."""
    case = walker.begin(page)
    with _noting(walker, case):
        for edit in before:
            walker.do(case, edit)
        walker.do(case, _chosen(walker, control, random))
        walker.compare(case)
    return case


def _after_others(
    walker: Walker, page: str, before: Sequence[Edit], control: Control, random: Random, say: Say
) -> Iterator[Case]:
    """The same control after some others. They are chosen anew if they hide it or lead elsewhere."""
    for _ in range(ATTEMPTS):
        case = walker.begin(page)
        with _noting(walker, case):
            for edit in before:
                walker.do(case, edit)
            while len(case.edits) < len(before) + EDITS_BEFORE and walker.is_on(page):
                walker.do(case, _other(walker, {control.key, *(edit.control.key for edit in case.edits)}, random))
            if not walker.is_on(page):
                walker.leading_away.add(_family(case.edits[-1].control))
            elif _is_usable(walker, control):
                walker.do(case, _chosen(walker, control, random))
                walker.compare(case)
                yield case
                return
            walker.note_faults(case)
        if case.faults:
            yield case
    say(f"{page}: {control} could not be used after {EDITS_BEFORE} others in {ATTEMPTS} attempts")


@contextmanager
def _noting(walker: Walker, case: Case) -> Iterator[None]:
    """What cannot be done is a fault of the case."""
    try:
        yield
    except (NotDrivenError, NotAtRestError, Error) as error:
        case.faults.append(f"{type(error).__name__}: {error}")
        walker.note_faults(case)


def _now(walker: Walker, control: Control) -> Control | None:
    return next((one for one in walker.controls() if one.key == control.key), None)


def _is_usable(walker: Walker, control: Control) -> bool:
    now = _now(walker, control)
    return now is not None and not _left_alone(now)


def _chosen(walker: Walker, control: Control, random: Random) -> Edit:
    """What to do with a control as it is now."""
    edit = choose(_now(walker, control) or control, random)
    if edit is None:
        raise NotDrivenError(f"{control} offers nothing else")
    return edit


def _other(walker: Walker, used: set[Key], random: Random) -> Edit:
    """What to do with a control that is not yet used."""
    found = [one for one in walker.controls() if not _left_alone(one) and one.key not in used]
    others = [one for one in found if _family(one) not in walker.leading_away]
    return _chosen(walker, random.choice(others), random)


def _come_to_light(walker: Walker, page: str, met: set[str]) -> Iterator[Control]:
    """The controls that the last edit has brought, or has made usable."""
    for control in walker.controls() if walker.is_on(page) else []:
        if not _left_alone(control) and _family(control) not in met:
            met.add(_family(control))
            yield control


def _family(control: Control) -> str:
    """Controls of one family do the same: what they are called after differs by numbers, or by the network shown."""
    return f"{control.kind} " + re.sub(r"\d+|(?<=The network of )\S+|(?<=samples as )\S+", "#", control.name)


def _left_alone(control: Control) -> str:
    if control.alone or control.disabled:
        return control.alone or "it is disabled"
    return "" if choose(control, Random(0)) else "it offers nothing else"


def report(case: Case, folder: Path, numbers: Iterator[int]) -> str:
    """What a case has shown, in words; the pictures of charts that differ are saved in `folder`."""
    lines = [f"{'the same  ' if case.is_good else 'DIFFERENT '} {case}"]
    lines += [f"  {fault}" for fault in case.faults]
    for difference in case.differing:
        lines.append(f"  {difference.words}")
        names = [folder / f"{next(numbers):03} {side}.png" for side in ("page", "link")[: len(difference.pictures)]]
        for name, picture in zip(names, difference.pictures, strict=True):
            name.write_bytes(picture)
            lines.append(f"    {name}")
    return "\n".join(lines)


@contextmanager
def walker_of_its_own() -> Iterator[Walker]:
    """A walker through an app of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = launched(playwright)
        visits = Visits(browser, server.url)
        yield Walker(visits, server)
        visits.close()
        browser.close()


def _print(text: str) -> None:
    print(text, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk, print what was done, and give 1 if anything differed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.walk", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(10**6), help="chooses all values; random if not given"
    )
    parser.add_argument("--page", choices=PAGES, action="append", help="walk this page only; may be given again")
    parser.add_argument("--only", metavar="NAME", help="use only controls whose name holds NAME")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="where charts that differ are saved")
    chosen = parser.parse_args(arguments)
    folder = chosen.pictures or Path(tempfile.mkdtemp(prefix="walk-"))
    folder.mkdir(parents=True, exist_ok=True)
    _print(f"seed {chosen.seed}, pictures in {folder}")
    numbers, bad, done = count(1), 0, 0
    with walker_of_its_own() as walker:
        for page in chosen.page or PAGES:
            wanted = (lambda control: chosen.only in control.name) if chosen.only else (lambda control: True)
            for case in walk(walker, page, chosen.seed, _print, wanted):
                _print(report(case, folder, numbers))
                done, bad = done + 1, bad + (not case.is_good)
    print(f"seed {chosen.seed}: {done} comparisons, {bad} of them different")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
