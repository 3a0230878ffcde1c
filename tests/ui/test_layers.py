"""The house as it is laid out: what each folder may import, and where state and chance may live."""

import ast
import fnmatch
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "pages"
UI = PAGES / "ui"
COMMANDS = ROOT / "tinynet" / "commands"
# importlib would let a module import what this file does not see
STANDARD_LIBRARY = sorted(sys.stdlib_module_names - {"importlib"})
ALLOWED_AT_THE_TOP = {
    "LICENSE",
    "README.md",
    "docs",
    "pages",
    "pyproject.toml",
    "requirements.txt",
    "streamlit_app.py",
    "tests",
    "tinynet",
}


def modules(place: Path) -> list[Path]:
    """The Python file `place`, or all Python files in the folder `place` and below."""
    found = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert found, f"there is no Python file in {place}"
    return found


def parse(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def imported_names(module: Path) -> Iterator[str]:
    """The full name of everything that a module imports, anywhere in it; a relative import starts with a dot."""
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from (f"{start}.{alias.name}" for alias in node.names)


def is_within(name: str, packages: Iterable[str]) -> bool:
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def foreign_imports(place: Path, *allowed: str) -> list[str]:
    """What the modules at `place` import from outside the standard library and `allowed`."""
    return [
        f"{module.relative_to(ROOT)} imports {name}"
        for module in modules(place)
        for name in imported_names(module)
        if not is_within(name, (*STANDARD_LIBRARY, *allowed))
    ]


def uses(place: Path, names: set[str]) -> list[str]:
    """Where the modules at `place` name one of `names`, as an attribute or in an import."""
    return [
        f"{module.relative_to(ROOT)}:{node.lineno} names {name}"
        for module in modules(place)
        for node in ast.walk(parse(module))
        if isinstance(node, ast.Attribute | ast.ImportFrom)
        for name in ([node.attr] if isinstance(node, ast.Attribute) else [alias.name for alias in node.names])
        if name in names
    ]


def test_the_core_imports_numpy_and_the_standard_library_only() -> None:
    assert foreign_imports(ROOT / "tinynet", "numpy", "tinynet") == []


def imported_commands(place: Path) -> set[tuple[str, str]]:
    """The modules at `place` and which modules of the command line each of them imports."""
    return {
        (str(module.relative_to(ROOT)), name.split(".")[2])
        for module in modules(place)
        for name in imported_names(module)
        if is_within(name, ["tinynet.commands"])
    }


def test_the_command_line_has_every_command() -> None:
    commands = {module.stem for module in modules(COMMANDS)} - {"__init__", "shared"}
    assert {name for _, name in imported_commands(ROOT / "tinynet" / "__main__.py")} == commands


def test_a_command_knows_no_other_command() -> None:
    assert {name for _, name in imported_commands(COMMANDS)} == {"shared"}


def test_only_the_command_line_knows_the_commands() -> None:
    importers = {module for place in (ROOT / "tinynet", PAGES) for module, _ in imported_commands(place)}
    own = {str(module.relative_to(ROOT)) for module in modules(COMMANDS)}
    assert importers - own == {str(Path("tinynet", "__main__.py"))}


def test_the_entry_point_imports_streamlit_only() -> None:
    assert list(imported_names(ROOT / "streamlit_app.py")) == ["streamlit"]


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.py")), ids=lambda page: page.stem)
def test_a_page_imports_no_library_but_streamlit_and_no_other_page(page: Path) -> None:
    assert foreign_imports(page, "streamlit", "tinynet", "pages.ui") == []


def test_controls_know_the_state_and_neither_frames_nor_charts() -> None:
    own = ("pages.ui.controls", "pages.ui.state", "pages.ui.live", "pages.ui.theme")
    assert foreign_imports(UI / "controls", "streamlit", "tinynet", *own) == []


def test_the_controls_of_a_page_do_not_touch_the_state_of_another() -> None:
    stems = {module.stem for module in modules(UI / "controls")}
    trespasses = [
        f"controls/{module.name} imports {name}"
        for module in modules(UI / "controls")
        for name in imported_names(module)
        if is_within(name, [f"pages.ui.state.{other}" for other in stems - {module.stem}])
    ]
    assert trespasses == []


def test_the_state_knows_frames_and_charts_and_no_controls() -> None:
    own = [f"pages.ui.{name}" for name in ("state", "frames", "charts", "live", "streamlit_gaps", "theme", "vega")]
    assert foreign_imports(UI / "state", "streamlit", "tinynet", "numpy", "pandas", "pyarrow", *own) == []


def test_frames_know_the_core_and_the_theme_and_nothing_of_streamlit() -> None:
    own = ("pages.ui.frames", "pages.ui.theme")
    assert foreign_imports(UI / "frames", "numpy", "pandas", "pyarrow", "PIL", "tinynet", *own) == []


def test_charts_know_altair_and_constants_and_no_results() -> None:
    constants = ("tinynet.activations", "tinynet.regions", "tinynet.datasets")
    own = ("pages.ui.charts", "pages.ui.theme", "pages.ui.vega", "pages.ui.live.channel")
    assert foreign_imports(UI / "charts", "altair", *constants, *own) == []


def test_what_all_pages_share_knows_nothing_of_a_single_page() -> None:
    assert foreign_imports(UI / "streamlit_gaps.py", "streamlit") == []
    assert foreign_imports(UI / "page.py", "streamlit", "pages.ui.streamlit_gaps", "pages.ui.presenter") == []
    assert foreign_imports(UI / "theme.py", "streamlit") == []
    assert foreign_imports(UI / "live", "streamlit", "altair", "tinynet", "numpy", "pages.ui.live") == []
    assert foreign_imports(UI / "vega.py", "streamlit", "altair", "pyarrow", "pages.ui.theme") == []


def test_every_module_of_the_pages_has_its_place() -> None:
    files = {"__init__.py", "page.py", "streamlit_gaps.py", "theme.py", "vega.py"}
    rooms = files | {"controls", "state", "frames", "charts", "live"}
    assert {module.relative_to(UI).parts[0] for module in modules(UI)} == rooms
    assert {path.name for path in PAGES.iterdir() if path.is_dir()} - {"__pycache__"} == {"ui"}


def test_only_state_and_theme_hold_session_state_and_caches() -> None:
    homes = (UI / "state", UI / "streamlit_gaps.py", UI / "theme.py")
    elsewhere = [
        use
        for place in (ROOT / "streamlit_app.py", PAGES)
        for use in uses(place, {"session_state", "cache_data", "cache_resource"})
        if not use.startswith(tuple(str(home.relative_to(ROOT)) for home in homes))
    ]
    assert elsewhere == []


def test_no_chance_comes_from_a_global_generator() -> None:
    """Every draw comes from a generator of its own with a seed, or two viewers would change each other's numbers."""
    generators = {"random.Random", "numpy.random.default_rng", "numpy.random.Generator", "np.random.default_rng"}
    global_draws = [
        f"{module.relative_to(ROOT)} names {name}"
        for place in (ROOT / "tinynet", PAGES)
        for module in modules(place)
        for name in [*dotted_names(parse(module)), *imported_names(module)]
        if is_within(name, ("random", "numpy.random", "np.random")) and name not in {*generators, "random"}
    ]
    assert global_draws == []


def dotted_names(tree: ast.Module) -> Iterator[str]:
    """Every a.b.c of a module as far as it is made of names, but not the a.b in it."""
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            yield ast.unparse(node)


def test_the_top_of_the_repository_holds_what_the_house_plan_names() -> None:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    kept = {name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}
    assert kept <= ALLOWED_AT_THE_TOP
