"""The files that the sweep page saves and loads."""

import csv
import io
import json
from dataclasses import asdict
from typing import Any

from pages.ui.fields import received
from pages.ui.files import Content, check_keys, items
from tinynet.config import SHARED
from tinynet.sweep import COLUMNS, Plan, Runs, table_rows
from tinynet.verdicts import counts

OF_ALL_RUNS = tuple(name for name in SHARED if name not in ("order_seed", "hidden_units"))
"""The settings of the training: a sweep has many order seeds, and the document's network."""


def as_csv(runs: Runs) -> str:
    """Everything recorded, a row for each run."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *table_rows(runs)])
    return text.getvalue()


def as_json(runs: Runs, plan: Plan) -> str:
    """The settings, and for each order seed how many random runs stop earlier than same, in the same epoch or later."""
    settings = {
        "page": "sweep",
        "init_seeds": [plan.init_seeds.start, plan.init_seeds.stop],
        "order_seeds": [plan.order_seeds.start, plan.order_seeds.stop],
        **{name: getattr(plan.config, name) for name in OF_ALL_RUNS},
        "random_range": plan.config.starts[0].scale,
    }
    return json.dumps({**settings, "orders": [asdict(row) for row in counts(runs)]}, indent=2)


def values(content: Content) -> dict[str, Any]:
    """The settings in a file's content, by name. Results are ignored; raises ValueError for an unknown key."""
    plain = (*OF_ALL_RUNS, "random_range")
    check_keys(content, ("page", "init_seeds", "order_seeds", *plain), ("orders",))
    first, end = (_whole("init seeds", seed) for seed in items("init_seeds", content["init_seeds"], 2))
    if first != 0:
        raise ValueError(f"the first init seed must be 0, received {first}")
    first_order, end_order = (_whole("order seeds", seed) for seed in items("order_seeds", content["order_seeds"], 2))
    seeds = {"init_seeds": end, "order_seeds": end_order - first_order, "first_order": first_order}
    return seeds | {name: content[name] for name in plain}


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be whole numbers, received {received(value)}")
    return value
