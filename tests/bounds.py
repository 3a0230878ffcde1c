"""What is bounded, and by how much: `python -m tests.bounds > docs/bounds.md` writes the table from the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from streamlit import config

from pages.ui import files, jobs, link
from pages.ui.decision_regions import controls as regions
from pages.ui.decision_regions import edits
from pages.ui.digits import controls as digits
from pages.ui.fields import Choice, Number, Setting
from pages.ui.lines import tables as lines
from pages.ui.plane import controls as plane
from pages.ui.sweep import controls as sweep
from pages.ui.sweep import state as sweep_state
from pages.ui.training import controls as training
from pages.ui.why_not_zero import controls as why_not_zero
from tinynet import points

ROOT = Path(__file__).parents[1]
CACHES = ("cache_resource", "cache_data", "lru_cache", "cache")

Row = tuple[str, float, str, str]
"""What is bounded, the most of it, its unit, and where the code says so."""


def highest(settings: tuple[Setting, ...], key: str) -> float:
    """The largest value of a setting of a page."""
    setting = next(one for one in settings if one.key == key)
    if isinstance(setting, Choice):
        return float(max(setting.labels))
    assert isinstance(setting, Number)
    return setting.range.high


def rows() -> Iterator[Row]:
    """The rows of the table."""
    yield "epochs of a run on page 2", highest(training.SETTINGS, "epochs"), "", "training/controls.py"
    yield "epochs of a start on page 3", highest(why_not_zero.SETTINGS, "start_epochs"), "", "why_not_zero/controls.py"
    yield "hidden units on page 3", highest(why_not_zero.SETTINGS, "units"), "", "why_not_zero/controls.py"
    yield "epochs of a network on page 5", highest(plane.SETTINGS, "plane_epochs"), "", "plane/controls.py"
    yield "hidden units on page 5", highest(plane.SETTINGS, "plane_units"), "", "plane/controls.py"
    yield "points on page 5", points.MOST, "", "tinynet/points.py"
    yield "iterations on MNIST", highest(digits.SETTINGS, "digits_iterations"), "", "tinynet/digits.py"
    yield "hidden units on MNIST", highest(digits.SETTINGS, "digits_units"), "", "tinynet/digits.py"
    yield "init seeds of a sweep", highest(sweep.SETTINGS, "inits"), "", "sweep/controls.py"
    yield "order seeds of a sweep", highest(sweep.SETTINGS, "orders"), "", "sweep/controls.py"
    yield "epochs of a run of a sweep", highest(sweep.SETTINGS, "sweep_epochs"), "", "sweep/controls.py"
    yield "runs of a sweep", sweep.MOST_RUNS, "", "sweep/controls.py"
    yield "epochs that are trained before a click is heard", sweep_state.STEPS_AT_ONCE, "", "sweep/state.py"
    yield "sweeps, or sets of runs on MNIST, that train at once", jobs.MOST_AT_ONCE, "", "jobs.py"
    yield "time after which work that nobody waits for stops", jobs.LEFT_SECONDS, "s", "jobs.py"
    yield "points of a line in a chart", lines.POINTS, "", "lines/tables.py"
    yield "size of a weight that is typed on page 1", regions.LIMIT, "", "decision_regions/controls.py"
    yield "edits on page 1 that can be undone", edits.MOST, "", "decision_regions/edits.py"
    for page, title in files.TITLES.items():
        yield f"settings file of page {title[0]}", files.LARGEST[page], "bytes", "files.py"
    yield "digits of a whole number in a settings file", files.LONGEST_INTEGER, "", "files.py"
    yield "ignored parameters of a link that are named", link.MOST_LISTED, "", "link.py"
    yield "characters of a link that are repeated", link.LONGEST, "", "link.py"
    for what, option, unit in (
        ("an upload", "server.maxUploadSize", "MB"),
        ("a message", "server.maxMessageSize", "MB"),
        ("all trained runs that are kept", "server.maxCacheDataSize", "MB"),
        ("time that the session of a viewer who has left is kept", "server.disconnectedSessionTTL", "s"),
    ):
        most = float(str(config.get_option(option)).removesuffix("mb"))
        yield what, most, unit, f".streamlit/config.toml, {option}"


def caches() -> Iterator[tuple[str, str]]:
    """Each function whose results are kept, with how many entries it keeps: a number, "one", or "" if it has no end."""
    for module in sorted([*(ROOT / "pages").rglob("*.py"), *(ROOT / "tinynet").rglob("*.py")]):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for decorator in node.decorator_list:
                    name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
                    if name.split(".")[-1] in CACHES:
                        yield f"{module.relative_to(ROOT).as_posix()}, {node.name}", _entries(node, decorator)


def _entries(function: ast.FunctionDef, decorator: ast.expr) -> str:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    counted = {one.arg: ast.unparse(one.value) for one in keywords}
    most = counted.get("max_entries") or counted.get("maxsize")
    return most or ("" if function.args.args else "one")


TEXT = """# What is bounded, and by how much

Everything that a viewer can make larger has a limit. `python -m tests.bounds > docs/bounds.md` writes this page from
the code; `tests/project/test_bounds.py` fails when it is out of date. Files without a folder are in `pages/ui/`.

| what | at most | where |
| :--- | ------: | :---- |
{rows}

Every cache has a limit too:

| what is kept | entries |
| :----------- | ------: |
{caches}

A session keeps the sweep and the runs on MNIST that it shows: 72 bytes for each run of a sweep, 36 MB for the largest
sweep, and about 2 MB for each run on MNIST.

Streamlit itself takes at most 512 Ki characters and 1000 parameters in a link.

One training runs at a time, in order of arrival, in a process of its own (`training_process.py`), so that the server's
process answers others meanwhile. What takes longer than a second or two is done in parts by the server, one part at a
time (`fair_lock.py`): a sweep, and the runs on MNIST. The parts are done by the sessions that wait for the result, so
work stops when nobody waits for it. Viewers who wait for the same result share it.

The server keeps nothing on disk. When it is killed and started again, only links and saved files remain: they hold all
settings, and the same settings give the same numbers.
"""


def document() -> str:
    """The text of docs/bounds.md."""
    limits = [f"| {what} | {most:,.10g}{unit and ' '}{unit} | `{where}` |" for what, most, unit, where in rows()]
    kept = [f"| `{name}` | {entries} |" for name, entries in caches()]
    return TEXT.format(rows="\n".join(limits), caches="\n".join(kept))


if __name__ == "__main__":
    print(document(), end="")
