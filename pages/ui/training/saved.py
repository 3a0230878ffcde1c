"""The files that the training page saves and loads."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from pages.ui.fields import received
from pages.ui.files import Content, check_keys, common_value, objects
from pages.ui.network.tables import matrices, weights_after
from pages.ui.training.tables import QUANTITIES, WEIGHTS
from tinynet.config import SHARED, Config
from tinynet.initializers import DRAWN
from tinynet.training import History

OF_DRAWN = ("seed", "scale")
"""The settings of a random start, the same for all runs of a page."""
OPTIONAL = ("hidden_units", "epochs_done")
"""What an older file may leave out."""


def as_csv(history: History, runs: Sequence[str], done: int) -> str:
    """The records of the first `done` epochs, a row for each run and epoch; the weights are those after it."""
    parts = [_rows(history, run, done).assign(run=name) for run, name in enumerate(runs)]
    return pd.concat(parts)[["run", *parts[0].columns[:-1]]].to_csv(index=False)


def _rows(history: History, run: int, done: int) -> pd.DataFrame:
    epochs = min(done, history.last_epoch[run] + 1)
    columns = {quantity: getattr(history, quantity)[:epochs, run] for quantity in QUANTITIES}
    weights = weights_after(history, run)[1 : epochs + 1]
    return pd.DataFrame({"epoch": range(epochs), **columns, **dict(zip(WEIGHTS, weights.T, strict=True))})


def as_json(history: History, config: Config, done: int) -> str:
    """The settings, the number of epochs done, and each run's initial, current and final state."""
    runs = [
        {
            "init": start.init,
            **{name: getattr(start, name) for name in OF_DRAWN},
            "break_epoch": history.break_epoch(run),
            "initial": matrices(history.weights(run, 0)),
            "now": matrices(history.weights(run, done)),
            "final": matrices(history.weights(run, history.epochs)),
        }
        for run, start in enumerate(config.starts)
    ]
    return json.dumps({"page": "training", **asdict(config), "epochs_done": done, "starts": runs}, indent=2)


def values(content: Content) -> dict[str, Any]:
    """The settings in a file's content, by name. Results are ignored; raises ValueError for an unknown key."""
    needed = [name for name in SHARED if name not in OPTIONAL]
    check_keys(content, ("page", "starts", *needed), OPTIONAL)
    units = content.get("hidden_units", 1)
    if units != 1:
        raise ValueError(f"hidden units must be 1, received {received(units)}")
    starts = objects("starts", content["starts"])
    for start in starts:
        check_keys(start, ("init", *OF_DRAWN), ("break_epoch", "initial", "now", "final"))
    found = {name: content[name] for name in (*needed, *OPTIONAL) if name in content}
    drawn = [start for start in starts if start["init"] in (*DRAWN,)]  # a list or an object is in no set
    if drawn:  # only random runs have a seed and a range
        found |= {name: common_value(name, [start[name] for start in drawn]) for name in OF_DRAWN}
    return found | {"init": [start["init"] for start in starts]}
