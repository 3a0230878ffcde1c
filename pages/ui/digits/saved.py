"""What the runs on MNIST save, and read again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

import pandas as pd

from pages.ui.files import Content, check_keys, objects, shared
from tinynet.digits import VARIANCES, DigitsConfig, History

NAMES = tuple(each.name for each in fields(DigitsConfig) if each.name != "init")
"""The settings that all runs share."""


def as_csv(configs: Sequence[DigitsConfig], histories: Sequence[History]) -> str:
    """All that was recorded, a row for each run and iteration."""
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
    """The settings of each run, and its weights at the end."""
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
    """The settings in the content of a file, by name. Results are passed over; ValueError if there is another key."""
    check_keys(content, ("section", "runs"))
    runs = objects("runs", content["runs"])
    for run in runs:
        check_keys(run, ("init", *NAMES), ("end", "final"))
    found: dict[str, Any] = {"init": [run["init"] for run in runs]}
    for name in NAMES:
        used = [run[name] for run in runs if _uses(run["init"], name)]
        if used:
            found[name] = shared(name, used)
    return found


def _uses(init: object, name: str) -> bool:
    """Whether the setting `name` changes a run of this initialisation; if not, the file has its default."""
    if name == "seed":
        return init in (*VARIANCES,)
    if name == "constant":
        return init == "constant"
    return name != "full_batch" or init != "zeros"
