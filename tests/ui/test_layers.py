"""The house as it is laid out: what each file may import, and where state and chance may live."""

import ast
import fnmatch
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "pages"
# importlib would let a module import what this file does not see
STANDARD_LIBRARY = sorted(sys.stdlib_module_names - {"importlib"})
PAGE_FOLDERS = {
    "decision_regions": {"decision_regions"},
    "training": {"training"},
    "why_not_zero": {"why_not_zero", "digits"},
    "sweep": {"sweep"},
    "in_the_plane": {"plane"},
}
"""The folders of each page; MNIST is a section of the third."""
NEIGHBOURS = {
    "pages/sweep.py": ("pages.ui.training.controls", "pages.ui.training.formulas"),
    "pages/why_not_zero.py": ("pages.ui.training.state",),
    "pages/in_the_plane.py": ("pages.ui.training.script",),
    "pages/ui/conclusions.py": ("pages.ui.sweep", "pages.ui.training", "pages.ui.why_not_zero.controls"),
    "pages/ui/first.py": tuple(f"pages.ui.{folder}" for folders in PAGE_FOLDERS.values() for folder in folders),
}
"""What is taken from another page: a run opens in problem 2, whose network page 4 trains, page 3 trains as that does,
the conclusions are drawn from both and open a start on page 3, and what a new server computes is of all pages."""
CORE = ("tinynet", "numpy", "pandas", "pyarrow")
CONSTANTS = ("tinynet.activations", "tinynet.regions", "tinynet.datasets", "tinynet.points")
WRITING = ("pages.ui.theme", "pages.ui.numbers", "pages.ui.table", "pages.ui.picture")
READING = ("pages.ui.fields", "pages.ui.files")
GAPS = "pages/ui/streamlit_gaps.py"
"""The home of what Streamlit does not offer."""
LAYERS: dict[str, tuple[str, ...]] = {
    "pages/*.py": ("streamlit", "tinynet", "pages.ui"),
    "pages/ui/digits/section.py": ("streamlit", "tinynet", "pages.ui"),
    "pages/ui/training/document.py": ("streamlit", "tinynet", "pages.ui"),
    "pages/ui/first.py": ("streamlit", "tinynet", "pages.ui"),
    "pages/ui/conclusions.py": ("streamlit", "tinynet", "numpy", "pages.ui"),
    "pages/ui/decision_regions/edits.py": ("streamlit",),
    "pages/ui/live/state.py": ("streamlit", "tinynet.ranges", "pages.ui.live", "pages.ui.streamlit_gaps"),
    "pages/ui/live/*.py": ("streamlit", "altair", "numpy", *CONSTANTS, "pages.ui.live", "pages.ui.presenter"),
    "pages/ui/*/controls.py": (
        *("streamlit", "tinynet", *READING, "pages.ui.session", "pages.ui.theme", "pages.ui.numbers", "pages.ui.live"),
        *("pages.ui.*.state", "pages.ui.*.saved", "pages.ui.digits.controls", "pages.ui.*.edits", "pages.ui.*.quiz"),
        *("pages.ui.*.comparisons", "pages.ui.*.experiment", "pages.ui.*.points"),
    ),
    "pages/ui/*/state.py": (
        *("streamlit", *CORE, "pages.ui.jobs", "pages.ui.fair_lock", "pages.ui.training_process"),
        *("pages.ui.session", "pages.ui.theme", "pages.ui.vega", "pages.ui.streamlit_gaps", "pages.ui.live"),
        *(f"pages.ui.*.{name}" for name in ("tables", "charts", "verdicts", "edits", "minima", "experiment", "points")),
    ),
    "pages/ui/*/tables.py": (*CORE, *WRITING, "pages.ui.*.tables", "pages.ui.*.experiment", "pages.ui.*.points"),
    "pages/ui/*/charts.py": (
        *("altair", *CONSTANTS, "pages.ui.theme", "pages.ui.vega", "pages.ui.live.channel", "pages.ui.*.charts"),
    ),
    "pages/ui/*/saved.py": (*CORE, *READING, "pages.ui.*.tables", "pages.ui.*.experiment", "pages.ui.*.points"),
    "pages/ui/*/*.py": (
        *(*CORE, *WRITING),
        *(f"pages.ui.*.{name}" for name in ("tables", "recipes", "experiment", "points")),
    ),
    "pages/ui/numbers.py": (),
    "pages/ui/table.py": (),
    "pages/ui/theme.py": ("streamlit",),
    "pages/ui/picture.py": ("numpy", "PIL", "pages.ui.theme", *CONSTANTS, "tinynet.arrays"),
    "pages/ui/files.py": ("pages.ui.fields",),
    "pages/ui/vega.py": ("streamlit", "altair", "pyarrow"),
    "pages/ui/training_process.py": ("tinynet", "pages.ui.fair_lock"),
    "pages/ui/*.py": ("streamlit", "tinynet.ranges", "pages.ui"),
}
"""What the files of each pattern may import besides the standard library; the first pattern that fits counts."""
STATE_HOMES = (
    *("pages/ui/*/state.py", "pages/ui/session.py", "pages/ui/link.py", "pages/ui/presenter.py"),
    *("pages/ui/jobs.py", "pages/ui/first.py", "pages/ui/fair_lock.py", "pages/ui/decision_regions/edits.py", GAPS),
)
TOP = "LICENSE README.md deploy docs pages pyproject.toml requirements.txt streamlit_app.py tests tinynet"


def modules(place: Path) -> list[Path]:
    found = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert found, f"there is no Python file in {place}"
    return found


def name_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


@cache
def parse(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


@cache
def imported_names(module: Path) -> list[str]:
    """The full name of everything that a module imports, anywhere in it; a relative import starts with a dot."""
    names = []
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            names += [f"{start}.{alias.name}" for alias in node.names]
    return names


def is_within(name: str, packages: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(f"{name}.", f"{package}.*") for package in packages)


def foreign_imports(place: Path, *allowed: str) -> list[str]:
    """What the modules at `place` import from outside the standard library and `allowed`."""
    return [
        f"{name_of(module)} imports {name}"
        for module in modules(place)
        for name in imported_names(module)
        if not is_within(name, (*STANDARD_LIBRARY, *allowed))
    ]


def fits(module: Path, patterns: Iterable[str]) -> list[str]:
    """The patterns of a path that fit; a star stands for one name."""
    return [pattern for pattern in patterns if module.relative_to(ROOT).match(pattern) and same_depth(module, pattern)]


def same_depth(module: Path, pattern: str) -> bool:
    return len(module.relative_to(ROOT).parts) == len(Path(pattern).parts)


def page_folder(name: str) -> str:
    """The page whose folder an import is from; nothing for what all pages share."""
    return next((page for page, own in PAGE_FOLDERS.items() if is_within(name, (f"pages.ui.{one}" for one in own))), "")


CODE = [module for module in modules(PAGES) if module.name != "__init__.py"]


def test_a_file_imports_what_its_layer_may() -> None:
    for module in CODE:
        layers = fits(module, LAYERS)
        assert layers, f"{name_of(module)} has no place in the house"
        assert foreign_imports(module, *LAYERS[layers[0]]) == []


def test_a_page_takes_nothing_from_another_page_but_what_it_names() -> None:
    for module in CODE:
        own = module.stem if module.parent == PAGES else page_folder(f"pages.ui.{module.parent.name}")
        neighbours = NEIGHBOURS.get(name_of(module), ())
        foreign = [name for name in imported_names(module) if page_folder(name) not in ("", own)]
        assert [name for name in foreign if not is_within(name, neighbours)] == [], name_of(module)


def test_session_state_and_caches_live_in_their_homes() -> None:
    for module in CODE:
        names = {node.attr for node in ast.walk(parse(module)) if isinstance(node, ast.Attribute)}
        names |= {name.rpartition(".")[2] for name in imported_names(module)}
        held = names & {"session_state", "cache_data", "cache_resource"}
        assert not held or fits(module, STATE_HOMES), (name_of(module), held)


def test_only_the_gaps_know_the_internals_of_streamlit() -> None:
    for module in CODE:
        inside = [name for name in imported_names(module) if name.startswith("streamlit.")]
        public = "streamlit.delta_generator.DeltaGenerator"
        assert [name for name in inside if name != public] == [] or name_of(module) == GAPS, name_of(module)


def test_style_and_scripts_are_files_of_their_own() -> None:
    """What Python holds of CSS are values of single elements, never a rule."""
    for module in CODE:
        texts = [node.value for node in ast.walk(parse(module)) if isinstance(node, ast.Constant)]
        written = [text for text in texts if isinstance(text, str)]
        rules = [text for text in written if re.search(r"\{\s*[a-z-]+:[^{}]+;|export default|=> \{", text)]
        assert rules == [], name_of(module)


def test_style_is_in_the_style_sheet_and_with_the_components_that_the_browser_isolates() -> None:
    sheets = {sheet.relative_to(PAGES / "ui").as_posix() for sheet in PAGES.rglob("*.css")}
    assert {sheet for sheet in sheets if not sheet.startswith("live/")} == {"style.css"}


def test_a_page_is_read_in_one_go() -> None:
    lines = {name_of(page): len(page.read_text(encoding="utf-8").splitlines()) for page in PAGES.glob("*.py")}
    assert {page: count for page, count in lines.items() if count > 100} == {}


def test_only_pages_and_the_folder_ui_are_in_pages() -> None:
    assert {path.name for path in PAGES.iterdir() if path.is_dir()} - {"__pycache__"} == {"ui"}
    assert {path.stem for path in PAGES.glob("*.py")} == set(PAGE_FOLDERS)


def test_the_entry_point_imports_streamlit_and_what_a_server_computes_first() -> None:
    assert foreign_imports(ROOT / "streamlit_app.py", "streamlit", "pages.ui.first") == []


def test_the_core_imports_numpy_and_the_standard_library_only() -> None:
    """Except for one option of a command, which says so where it is not installed."""
    imported = foreign_imports(ROOT / "tinynet", "numpy", "tinynet")
    assert {name.partition(".py imports distributed.")[0] for name in imported} == {"tinynet/commands/sweep"}


COMMANDS = ROOT / "tinynet" / "commands"


def imported_commands(place: Path) -> set[tuple[str, str]]:
    """The modules at `place` and which modules of the command line each of them imports."""
    return {
        (name_of(module), name.split(".")[2])
        for module in modules(place)
        for name in imported_names(module)
        if is_within(name, ["tinynet.commands"])
    }


def test_only_the_command_line_knows_the_commands_and_it_has_all() -> None:
    commands = {module.stem for module in modules(COMMANDS)} - {"__init__", "shared"}
    assert {name for _, name in imported_commands(ROOT / "tinynet" / "__main__.py")} == commands
    assert {name for _, name in imported_commands(COMMANDS)} == {"shared"}
    importers = {module for place in (ROOT / "tinynet", PAGES) for module, _ in imported_commands(place)}
    assert importers - {name_of(module) for module in modules(COMMANDS)} == {"tinynet/__main__.py"}


def test_no_chance_comes_from_a_global_generator() -> None:
    """Every draw comes from a generator of its own with a seed, or two viewers would change each other's numbers."""
    generators = {"random", "random.Random", "numpy.random.Generator"}
    generators |= {"numpy.random.default_rng", "np.random.default_rng"}
    global_draws = [
        f"{name_of(module)} names {name}"
        for module in (*modules(ROOT / "tinynet"), *CODE)
        for name in [*dotted_names(parse(module)), *imported_names(module)]
        if is_within(name, ("random", "numpy.random", "np.random")) and name not in generators
    ]
    assert global_draws == []


def dotted_names(tree: ast.Module) -> Iterator[str]:
    """Every a.b.c of a module as far as it is made of names, but not the a.b in it."""
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            yield ast.unparse(node)


def test_the_top_of_the_repository_holds_what_the_readme_names() -> None:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    kept = {name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}
    assert kept <= set(TOP.split())
