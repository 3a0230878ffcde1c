"""The script of a run, which stands alone: it trains the very run of the page."""

import ast
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pages.ui.training.script import script
from tinynet.config import Config, Start
from tinynet.training import History, Stop, train

COMPARED = (
    Start("random", 6875673),
    Start("same"),
    Start("zeros"),
    Start("xavier", 3),
    Start("he", 3),
)
SOME = (Start("random", 5, scale=0.5), Start("constant", value=0.1, noise=0.01, seed=2))
CONFIGS = {
    "the first document": Config(COMPARED),
    "another order of the samples": Config(SOME, order_seed=2**53 - 1),
    "a smaller step": Config(SOME, learning_rate=0.01, theta=0.02),
    "most epochs end all runs": Config(SOME, theta=0, max_epochs=40),
    "a step so large that runs diverge": Config(SOME, learning_rate=1000.0),
    "equal hidden units": Config((*SOME, Start("same")), max_epochs=40, hidden_units=5),
}


EACH = "import runpy, sys; [runpy.run_path(script, run_name='__main__') for script in sys.argv[1:]]"


def printed(config: Config, folder: Path) -> list[dict[str, Any]]:
    """What the scripts of all runs print."""
    names = [f"run_{run}.py" for run in range(len(config.starts))]
    for run, name in enumerate(names):
        (folder / name).write_text(script(config, run), encoding="utf-8")
    # isolated: neither this folder's packages nor an environment variable help them
    command = [sys.executable, "-I", "-W", "error", "-c", EACH, *names]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (result.returncode, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def expected(history: History, run: int) -> dict[str, Any]:
    weights = history.weights(run, history.last_epoch[run] + 1)
    return {
        "break_epoch": history.break_epoch(run),
        "training_error": pytest.approx(history.training_error[history.last_epoch[run], run], rel=1e-9),
        "accuracy": history.accuracy[history.last_epoch[run], run],
        "hidden": pytest.approx(weights.hidden, rel=1e-9),
        "output": pytest.approx(weights.output[0], rel=1e-9),
    }


@pytest.mark.parametrize("name", CONFIGS)
def test_the_script_trains_the_run_of_the_page(name: str, tmp_path: Path) -> None:
    config, history = CONFIGS[name], train(CONFIGS[name])
    for run, found in zip(range(len(config.starts)), printed(config, tmp_path), strict=True):
        assert {**found, "hidden": np.array(found["hidden"])} == expected(history, run), config.starts[run]
        if config.starts[run].init == "same":  # equal hidden units stay equal to the last bit
            assert np.ptp(found["hidden"], axis=0).max() == 0


def test_the_configs_of_these_tests_end_in_every_way() -> None:
    stops = {name: set(train(config).stops) for name, config in CONFIGS.items()}
    assert stops["the first document"] == {Stop.THETA}
    assert stops["most epochs end all runs"] == {Stop.MAX_EPOCHS}
    assert Stop.DIVERGED in stops["a step so large that runs diverge"]


@pytest.mark.parametrize("config", CONFIGS.values(), ids=list(CONFIGS))
def test_the_script_imports_numpy_and_the_standard_library_only(config: Config) -> None:
    tree = ast.parse(script(config, 0))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert names == ["json", "random", "numpy"]


def test_the_script_is_short_and_its_lines_fit_a_page() -> None:
    lines = script(Config(), 0).splitlines()
    assert len(lines) <= 62
    assert max(map(len, lines)) <= 110


def test_the_linter_finds_nothing_in_the_script(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(script(Config(), 1), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "run.py"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout


def test_the_script_writes_every_number_in_full() -> None:
    config = Config((Start("random", 0, scale=1 / 3),), learning_rate=0.1 + 0.2, theta=1 / 700)
    text = script(config, 0)
    assert repr(0.1 + 0.2) in text
    assert repr(1 / 700) in text
    weights = train(replace(config, max_epochs=1)).weights(0, 0)
    assert all(repr(float(weight)) in text for weight in (*weights.hidden[0], *weights.output[0]))
