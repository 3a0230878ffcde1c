"""The files that the sections about the 20 samples save and load; MNIST has its own."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pages.ui.files import Content, check_keys
from pages.ui.network.tables import matrices
from pages.ui.why_not_zero import tables
from tinynet import regression, symmetry
from tinynet.arrays import Array
from tinynet.config import SHARED, Config
from tinynet.training import History

OF_ALL_STARTS = tuple(name for name in SHARED if name != "theta")
"""The settings of a file that are fields of its config; θ stops no run here."""
OF_ONE = {"value": "constant", "noise": "constant", "seed": "random"}
"""The other settings of a file: the start that has each."""


def losses_as_csv(losses: Mapping[str, Array]) -> str:
    """The loss of each regression from each start, a row for each iteration."""
    parts = [
        pd.DataFrame({"model": model, "start": start, "iteration": range(len(column)), "loss": column})
        for model, values in losses.items()
        for start, column in zip(("zeros", "random"), values.T, strict=True)
    ]
    return pd.concat(parts).to_csv(index=False)


def losses_as_json(losses: Mapping[str, Array]) -> str:
    """The learning rate of each regression, and its losses in the end; there is nothing to set."""
    models = {
        model: {"learning_rate": regression.LEARNING_RATES[model], "zeros": zeros, "random": random}
        for model, (zeros, random) in ((model, values[-1].tolist()) for model, values in losses.items())
    }
    return json.dumps({"page": "why_not_zero", "section": "regression", "models": models}, indent=2)


def as_csv(history: History, config: Config, inits: Sequence[str]) -> str:
    """Everything drawn of these starts, a row for each start and epoch; weights and spread are those after it."""
    return pd.concat([_rows(history, config, init) for init in inits]).to_csv(index=False)


def _rows(history: History, config: Config, init: str) -> pd.DataFrame:
    run = tables.run_index(config, init)
    epochs = history.last_epoch[run] + 1
    after = slice(1, epochs + 1)
    hidden, output = history.hidden[after, :, :, run], history.output[after, 0, :, run]
    gradients = tables.gradients(history, config, run)[:epochs]
    return pd.DataFrame(
        {
            "start": init,
            "epoch": range(epochs),
            "training_error": history.training_error[:epochs, run],
            "accuracy": history.accuracy[:epochs, run],
            "hidden_gradient": gradients[:, 0],
            "output_gradient": gradients[:, 1],
            "spread": tables.spreads(history, [run])[after, 0],
            **{f"h{unit + 1}_{i}": hidden[:, unit, i] for unit, i in np.ndindex(hidden.shape[1:])},
            **{f"o_{i}": column for i, column in enumerate(output.T)},
        }
    )


def as_json(history: History, config: Config, section: str, *start: str) -> str:
    """The settings, the chosen start if there is one, and of each start its case and final weights."""
    one = {name: getattr(config.starts[tables.run_index(config, init)], name) for name, init in OF_ONE.items()}
    shared = {name: getattr(config, name) for name in OF_ALL_STARTS}
    runs = [
        {
            "init": start.init,
            "case": symmetry.case(history, run).value,
            "final": matrices(history.weights(run, history.epochs)),
        }
        for run, start in enumerate(config.starts)
    ]
    settings = {**dict(zip(("start",), start, strict=False)), **shared, **one}
    return json.dumps({"page": "why_not_zero", "section": section, **settings, "runs": runs}, indent=2)


def values(content: Content) -> dict[str, Any]:
    """The settings in a file's content, by name. Results are ignored; raises ValueError for an unknown key."""
    if content.get("section") == "regression":
        check_keys(content, ("page", "section"), ("models",))
        return {"section": "regression"}
    settings = (*OF_ALL_STARTS, *OF_ONE)
    check_keys(content, ("page", "section", *settings), ("start", "runs"))
    return {name: content[name] for name in ("section", "start", *settings) if name in content}
