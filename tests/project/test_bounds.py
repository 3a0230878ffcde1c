"""What is bounded: the table of docs/bounds.md, the caches, and who computes when."""

import ast
import importlib
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from pages.ui.fair_lock import Line

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (.+?) \| ([\d.,]+)(?: MB)? \| `([\w.]+)` \|$", (ROOT / "docs" / "bounds.md").read_text(encoding="utf-8"), re.M
)
CACHES = ("cache_resource", "cache_data")


def bound(place: str) -> Any:
    """What the code says: a constant of a module, an entry of one, or a setting of Streamlit."""
    if place.startswith("server."):
        return config.get_option(place)
    module, name = place.rsplit(".", 1)
    if module.endswith("LARGEST"):
        module, table = module.rsplit(".", 1)
        return getattr(importlib.import_module(module), table)[name]
    return getattr(importlib.import_module(module), name)


@pytest.mark.parametrize(("what", "most", "place"), ROWS)
def test_the_table_says_what_the_code_does(what: str, most: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    assert float(most.replace(",", "")) == float(str(bound(place)).removesuffix("mb"))


def test_the_table_is_read() -> None:
    table = (ROOT / "docs" / "bounds.md").read_text(encoding="utf-8")
    assert len(ROWS) == table.count("\n| ") - 2


def caches() -> list[tuple[str, bool, bool]]:
    """Each cached function: its name, whether it has parameters, and whether its entries are counted."""
    found = []
    for module in sorted((ROOT / "pages").rglob("*.py")):
        functions = (
            node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
        )
        for node in functions:
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith(CACHES):
                    counted = any(keyword.arg == "max_entries" for keyword in decorator.keywords)
                    found.append((f"{module.stem}.{node.name}", bool(node.args.args), counted))
    return found


@pytest.mark.parametrize(("name", "parameters", "counted"), caches())
def test_every_cache_has_an_end(name: str, parameters: bool, counted: bool) -> None:
    assert counted or not parameters


def test_the_caches_are_found() -> None:
    assert {"training.history", "sweep._shared", "turns.computing"} <= {name for name, *_ in caches()}


def test_who_comes_first_computes_first_and_nobody_beside() -> None:
    line, order, inside = Line(), [], []
    started = [threading.Event() for _ in range(5)]

    def compute(number: int) -> None:
        started[number].set()
        with line.turn():
            inside.append(number)
            order.append(number)
            assert inside == [number]
            inside.clear()

    with line.turn():
        threads = []
        for number in range(5):
            threads.append(threading.Thread(target=compute, args=(number,)))
            threads[-1].start()
            started[number].wait()
            while line.waiting <= number:
                pass
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_a_turn_that_fails_is_over() -> None:
    line = Line()
    with pytest.raises(ValueError, match="lost"), line.turn():
        raise ValueError("lost")
    with line.turn():
        pass
