"""A new server that several sessions ask for its pages at once, before any of them is loaded."""

import ast
import importlib.abc
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))


class HalfLoaded(importlib.abc.MetaPathFinder):
    """Holds the session that loads pandas up in the middle of it."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module that pandas loads first is found as always, and loaded when it may go on."""
        if name != "pandas.compat":
            return None
        spec = PathFinder.find_spec(name, path)
        assert spec is not None
        assert spec.loader is not None
        load = spec.loader.exec_module

        def load_later(module: ModuleType) -> None:
            self.reached.set()
            self.go_on.wait()
            load(module)

        spec.loader.exec_module = load_later  # type: ignore[method-assign]
        return spec


def imports(page: Path) -> CodeType:
    """What the script of a page imports."""
    statements = ast.parse(page.read_text(encoding="utf-8")).body
    found: list[ast.stmt] = [one for one in statements if isinstance(one, ast.Import | ast.ImportFrom)]
    return compile(ast.Module(found, []), page.name, "exec")


def waits_for_a_module(thread: threading.Thread) -> bool:
    """Whether another thread is loading what this one needs."""
    frame = sys._current_frames().get(thread.ident or 0)
    return frame is not None and (frame.f_code.co_name, frame.f_code.co_filename) == (
        "acquire",
        "<frozen importlib._bootstrap>",
    )


def load_all_pages_while_pandas_is_half_loaded() -> None:
    """Have a session for each page load what it needs; what a session cannot load stands on the standard error."""
    gate = HalfLoaded()
    sys.meta_path.insert(0, gate)
    first, *others = [session(imports(page)) for page in reversed(PAGES)]
    first.start()
    gate.reached.wait()
    for other in others:
        other.start()
    while any(other.is_alive() and not waits_for_a_module(other) for other in others):
        time.sleep(0.01)
    gate.go_on.set()


def session(code: CodeType) -> threading.Thread:
    """A session that runs this."""
    run: Callable[[CodeType, dict[str, object]], None] = exec
    return threading.Thread(target=run, args=(code, {}))


def test_no_page_meets_a_pandas_that_another_session_is_still_loading() -> None:
    """Altair looks for pandas among the modules that are loaded, and takes it as it is."""
    result = subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert result.returncode == 0


if __name__ == "__main__":
    load_all_pages_while_pandas_is_half_loaded()
