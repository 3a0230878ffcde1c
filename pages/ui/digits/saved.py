"""The files that the MNIST section saves and loads."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

import pandas as pd

from pages.ui.files import Content, check_keys, common_value, objects
from tinynet.digits import VARIANCES, DigitsConfig
from tinynet.digits_history import History

NAMES = tuple(each.name for each in fields(DigitsConfig) if each.name != "init")
"""The settings that all runs share."""


def as_csv(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """Everything recorded, a row for each run and iteration."""
    parts = [
        pd.DataFrame(
            {
                "run": config.init,
                "iteration": range(len(history.loss)),
                **{quantity: getattr(history, quantity) for quantity in ("loss", "accuracy", "spread")},
                **{quantity: getattr(history, quantity) for quantity in ("hidden_gradient", "output_gradient")},
                **{f"answered_{digit}": counts for digit, counts in enumerate(history.answers.T)},
            }
        )
        for config, history in zip(configs, histories, strict=True)
    ]
    return pd.concat(parts).to_csv(index=False)


def as_json(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """The settings of each run, and its final weights."""
    runs = [
        {
            **asdict(config),
            "end": history.end.value,
            "final": {"hidden": history.final.hidden.tolist(), "output": history.final.output.tolist()},
        }
        for config, history in zip(configs, histories, strict=True)
    ]
    return json.dumps({"section": "digits", "runs": runs})


def values(content: Content) -> dict[str, Any]:
    """The settings in a file's content, by name. Results are ignored; raises ValueError for an unknown key."""
    check_keys(content, ("section", "runs"))
    runs = objects("runs", content["runs"])
    for run in runs:
        check_keys(run, ("init", *NAMES), ("end", "final"))
    found: dict[str, Any] = {"init": [run["init"] for run in runs]}
    for name in NAMES:
        used = [run[name] for run in runs if _uses(run["init"], name)]
        if used:
            found[name] = common_value(name, used)
    return found


def _uses(init: object, name: str) -> bool:
    """Whether the setting `name` affects runs of this initialisation; otherwise a file holds its default."""
    if name == "seed":
        return init in (*VARIANCES,)
    if name == "constant":
        return init == "constant"
    return name != "full_batch" or init != "zeros"
