"""What a page shows, and in what two pages differ that should show the same.

A page is read as a person sees it: every sentence, every table, the value of every widget, which expanders and tabs are
open, and the picture of every chart. What tells of the edit itself is left out, for a fresh visit has had none.
"""

import base64
import difflib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.visits import settle

BLOCK = 5
"""Pictures are compared by the means of squares of so many pixels: antialiasing moves a line by less."""
TOLERANCE = 48
"""By how much a mean may differ, of 255, in each colour."""
SHARE = 0.005
"""How many of the means may differ by more. Honest edits give up to 0.2%, a chart that has stopped following 5%."""
OF_THE_EDIT = ".effect"
"""The sentence of problem 1 that says what the last edit turned."""
LAST_CHANGE = 'field "Last change": on'
"""While it is on, the picture of problem 1 hatches what the last edit turned."""
HATCHED = "Decision regions"
REFUSED = "shows the last "
"""What a page says of settings that it cannot use: it goes on showing what it showed before, which no link holds."""
FIELD = 'field "'

_CONSTANTS = f"const OF_THE_EDIT = {json.dumps(OF_THE_EDIT)};"
_SCRIPT = Path(__file__).with_name("walk.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Look:
    """What a page shows: its lines from top to bottom, and the picture of each chart as PNG, by what the chart is."""

    lines: tuple[str, ...]
    pictures: tuple[tuple[str, bytes], ...] = ()

    @property
    def is_refusing(self) -> bool:
        """Whether the page shows what it showed before the settings were no good."""
        return any(REFUSED in line for line in self.lines)


@dataclass(frozen=True)
class Difference:
    """In what two pages differ: in words, and for a chart both pictures."""

    words: str
    pictures: tuple[bytes, ...] = field(default=(), repr=False)


def script(body: str, **constants: object) -> str:
    """JavaScript for the page: `body` may use all of walk.js, and the constants."""
    given = "".join(f"const {name} = {json.dumps(value)};" for name, value in constants.items())
    return f"async (given) => {{ {_CONSTANTS} {given} {_SCRIPT}\n {body} }}"


def read(page: Page) -> Look:
    """What the page shows now."""
    seen = page.evaluate(script("return look()"))
    pictures = tuple((name, base64.b64decode(url.partition(",")[2])) for name, url in seen["pictures"])
    return Look(tuple(seen["lines"]), pictures)


def differences(edited: Look, fresh: Look) -> list[Difference]:
    """In what an edited page differs from a fresh visit of its link."""
    if edited.is_refusing:
        return list(_differing_lines(_fields(edited), _fields(fresh)))
    return [*_differing_lines(edited.lines, fresh.lines), *_differing_pictures(edited, fresh)]


def _fields(look: Look) -> tuple[str, ...]:
    return tuple(line for line in look.lines if line.startswith(FIELD))


def _differing_lines(edited: tuple[str, ...], fresh: tuple[str, ...]) -> Iterator[Difference]:
    for change, a, b, c, d in difflib.SequenceMatcher(None, edited, fresh, autojunk=False).get_opcodes():
        if change != "equal":
            yield Difference(f"page: {_said(edited[a:b])}\n  link: {_said(fresh[c:d])}")


def _said(lines: Iterable[str]) -> str:
    return " / ".join(lines) or "(nothing)"


def _differing_pictures(edited: Look, fresh: Look) -> Iterator[Difference]:
    """The charts that both show and that differ; that one is missing is seen in the lines."""
    expected = dict(_numbered(fresh))
    for name, picture in _numbered(edited):
        if name not in expected or (LAST_CHANGE in edited.lines and name.startswith(HATCHED)):
            continue
        words = compare(picture, expected[name])
        if words:
            yield Difference(f"chart “{name}”: {words}", (picture, expected[name]))


def _numbered(look: Look) -> Iterator[tuple[str, bytes]]:
    """The pictures, of charts of the same name the second and so on with its number."""
    counts: Counter[str] = Counter()
    for name, picture in look.pictures:
        counts[name] += 1
        yield (name if counts[name] == 1 else f"{name} ({counts[name]})"), picture


def compare(first: bytes, second: bytes) -> str:
    """In what two pictures differ; nothing if they are the same up to antialiasing."""
    if first == second:
        return ""
    if not (first and second):
        return "one of the two is empty"
    one, other = _means(first), _means(second)
    if one.shape != other.shape:
        return f"{_size(first)} pixels against {_size(second)}"
    share = float((np.abs(one - other).max(axis=2) > TOLERANCE).mean())
    return f"{share:.1%} of the picture differ" if share > SHARE else ""


def _means(picture: bytes) -> NDArray[np.float64]:
    """The mean colour of each block; what is left at the edges takes part in blocks of its own."""
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=float)
    height, width, _ = pixels.shape
    full = np.pad(pixels, ((0, -height % BLOCK), (0, -width % BLOCK), (0, 0)), mode="edge")
    rows, columns = full.shape[0] // BLOCK, full.shape[1] // BLOCK
    means: NDArray[np.float64] = full.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))
    return means


def _size(picture: bytes) -> str:
    width, height = Image.open(io.BytesIO(picture)).size
    return f"{width} × {height}"


# The box of a word is a little larger than its letters.
WORDS = """const charts = () => [...document.querySelectorAll("[data-testid=stVegaLiteChart]")]
        .filter(chart => chart.getAttribute("aria-label").startsWith(given));
    const words = chart => [...chart.querySelectorAll("svg.marks text")].filter(word => word.textContent);
    const box = element => element.getBoundingClientRect();
    const leaves = (inner, outer) => inner.left < outer.left - 2 || inner.right > outer.right + 2
        || inner.top < outer.top - 2 || inner.bottom > outer.bottom + 2;
    const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;"""


def draw_as_svg(page: Page) -> None:
    """Draw all charts of the page such that each word of them is an element; they look the same."""
    page.get_by_text("Charts as SVG").click()
    expect(page.get_by_label("Chart to save")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] canvas")).to_have_count(0)
    settle(page)


def cut_off(page: Page, beginning: str = "") -> list[str]:
    """The words that reach over the edge of their chart, in charts drawn as SVG whose name begins so."""
    words: list[str] = page.evaluate(
        f"""given => {{ {WORDS} return charts().flatMap(chart => words(chart)
            .filter(word => [chart, word.closest("svg.marks")].some(edge => leaves(box(word), box(edge))))
            .map(word => `${{chart.getAttribute("aria-label")}}: ${{word.textContent}}`)) }}""",
        beginning,
    )
    return words


def on_each_other(page: Page, beginning: str) -> list[str]:
    """The words that lie on other words of their chart, in charts drawn as SVG whose name begins so."""
    words: list[str] = page.evaluate(
        f"""given => {{ {WORDS} return charts().flatMap(chart => words(chart).flatMap((one, place, all) => all
            .slice(place + 1).filter(other => meet(box(one), box(other)))
            .map(other => `${{one.textContent}} / ${{other.textContent}}`))) }}""",
        beginning,
    )
    return words
