"""The files that page 5 saves and loads."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from pages.ui.fields import Number, received
from pages.ui.files import Content, check_keys, common_value, items, objects
from pages.ui.network.tables import matrices, weights_after
from pages.ui.plane import points
from pages.ui.plane.experiment import NOISY, OWN, RUNS, Experiment
from pages.ui.plane.tables import QUANTITIES, recorded
from tinynet.config import SHARED
from tinynet.initializers import DRAWN
from tinynet.points import HEADER, LIMIT, Generated, Own, Row, read_csv
from tinynet.ranges import Range
from tinynet.training import History

GENERATED = {"points": "points", "data_noise": "noise", "data_seed": "seed"}
"""The settings of generated points: the field of each name in a file."""
USED = {"seed": (*DRAWN, NOISY), "value": ("constant", NOISY), "noise": (NOISY,)}
"""The starts that use each of these settings."""


def points_csv(rows: Sequence[Row]) -> str:
    """The points as `python -m tinynet plane --points` reads them."""
    return "\n".join([HEADER, *(f"{x1!r},{x2!r},{label}" for x1, x2, label in rows), ""])


def read_points(text: bytes) -> tuple[Row, ...]:
    """The points of a CSV file, rounded as a link holds them; raises ValueError with a message for the user."""
    try:
        return points.rounded(read_csv(text.decode("utf-8-sig")).rows)
    except UnicodeDecodeError:
        raise ValueError("the file is not text in UTF-8") from None


def as_csv(history: History, done: int) -> str:
    """The first `done` epochs, a row for each network and epoch; spread and weights are those after it."""
    return pd.concat([_rows(history, run, done) for run in range(len(RUNS))]).to_csv(index=False)


def _rows(history: History, run: int, done: int) -> pd.DataFrame:
    epochs = min(done, history.last_epoch[run] + 1)
    weights = weights_after(history, run)[1 : epochs + 1]
    quantities = [recorded(history, name)[-history.epochs :, run][:epochs] for name in QUANTITIES]
    return pd.DataFrame(
        {
            "network": RUNS[run],
            "epoch": range(epochs),
            **dict(zip(QUANTITIES, quantities, strict=True)),
            **dict(zip(_names(history.hidden.shape[1]), weights.T, strict=True)),
        }
    )


def _names(units: int) -> list[str]:
    """The names of all weights in textbook order."""
    hidden = [f"h{unit + 1}_{column}" for unit in range(units) for column in ("bias", "x1", "x2")]
    return [*hidden, "output_bias", *(f"output_h{unit + 1}" for unit in range(units))]


def as_json(history: History, experiment: Experiment, done: int) -> str:
    """The settings, the points, the number of epochs done, and the initial and final weights of both networks."""
    config, source = experiment.config, experiment.source
    starts = [
        asdict(start)
        | {name: matrices(history.weights(run, done)) for name, done in (("initial", 0), ("final", history.epochs))}
        for run, start in enumerate(config.starts)
    ]
    shared = {name: getattr(config, name) for name in SHARED}
    content = {"page": "in_the_plane", **shared, **_data(source), "epochs_done": done, "starts": starts}
    return json.dumps(content, indent=2)


def _data(source: Generated | Own) -> dict[str, Any]:
    if isinstance(source, Own):
        return {"data": OWN, "rows": [list(row) for row in source.rows]}
    return {"data": source.name, **{name: getattr(source, field) for name, field in GENERATED.items()}}


def values(content: Content) -> dict[str, Any]:
    """The settings in a file's content, by name. Results are ignored; raises ValueError for an unknown key."""
    own = ("rows",) if content.get("data") == OWN else ()
    check_keys(content, ("page", "starts", "data", *own, *SHARED), ("rows", *GENERATED, "epochs_done"))
    starts = objects("starts", items("starts", content["starts"], len(RUNS)))
    for start in starts:
        check_keys(start, ("init", *USED), ("scale", "initial", "final"))
    found = {name: content[name] for name in ("data", *own, *GENERATED, *SHARED, "epochs_done") if name in content}
    if "rows" in found:
        found["rows"] = points.encode([_point(row) for row in items("rows", content["rows"])])
    names = [NOISY if _is_noisy(start) else start["init"] for start in starts]
    for name, inits in USED.items():
        used = [start[name] for start, init in zip(starts, names, strict=True) if init in inits]
        if used:  # a file holds the default of what its starts do not use
            found[name] = common_value(name, used)
    return found | {run.lower(): name for run, name in zip(RUNS, names, strict=True)}


def _is_noisy(start: Content) -> bool:
    if start["noise"] == 0:
        return False
    if start["init"] != "constant":
        raise ValueError(f"noise must be 0 unless a start is constant, received {received(start['noise'])}")
    return True


def _point(row: object) -> Row:
    x1, x2, label = items("a row of rows", row, 3)
    for name, value in (("x1", x1), ("x2", x2)):
        Number(name, name, "", "", 0, Range(name, -LIMIT, LIMIT)).check(value)
    if isinstance(label, bool) or label not in (1, -1):
        raise ValueError(f"label must be 1 or -1, received {received(label)}")
    return x1, x2, label
