"""A sweep as tables: a row for each order seed, its progress, and its fingerprint."""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pyarrow as pa

from tinynet.fingerprint import fingerprint
from tinynet.published import ORDER_SEED
from tinynet.sweep import FIXED, NEVER, Plan, Runs
from tinynet.verdicts import Counts, counts

CELLS = 400
"""Largest number of cells along the epochs; with more epochs, some share a cell."""


def strips(runs: Runs, plan: Plan, sorting: str) -> dict[str, pa.Table]:
    """All datasets of the chart of order seeds: `rows`, `cells` and `limits`, the rows in the order `sorting`."""
    rows = ordered(counts(runs), sorting)
    low, high = epoch_range(runs, plan)
    slots = {row.order_seed: slot for slot, row in enumerate(rows)}
    return {
        "rows": _rows(rows, high),
        "cells": _cells(runs, slots, low, high),
        "limits": pa.table({"epoch": [low, high]}),
    }


def ordered(rows: list[Counts], sorting: str) -> list[Counts]:
    """The rows sorted: the smallest seed, the most random runs that stop earlier, or the soonest stop of same first."""
    keys = {
        "order_seed": lambda row: row.order_seed,
        "earlier": lambda row: -row.earlier,
        "same_break_epoch": lambda row: np.inf if row.same_break_epoch is None else row.same_break_epoch,
    }
    return sorted(rows, key=keys[sorting])


def epoch_range(runs: Runs, plan: Plan) -> tuple[int, int]:
    """The first and the last epoch shown; a run that never reaches θ counts as the last possible epoch."""
    last = np.where(runs.break_epoch == NEVER, plan.config.max_epochs, runs.break_epoch)
    room = max(5, int(np.ptp(last)) // 40)
    return max(int(last.min()) - room, 0), int(last.max()) + room


def _rows(rows: list[Counts], high: int) -> pa.Table:
    table = pa.Table.from_pylist([asdict(row) for row in rows])
    never = [row.same_break_epoch is None for row in rows]
    same = [high if row.same_break_epoch is None else row.same_break_epoch for row in rows]
    own = [row.order_seed == ORDER_SEED for row in rows]
    slots = list(range(len(rows)))
    own_slot = [own.index(True) if any(own) else 0] * len(rows)
    columns = {"slot": slots, "same": same, "same_never": never, "own": own, "own_slot": own_slot}
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values))
    return table


def _cells(runs: Runs, slots: dict[int, int], low: int, high: int) -> pa.Table:
    """For each order seed and epoch: how many random runs stop there, the first init seed among them, and the
    first and the last epoch in which they stop: with a long axis, a cell is several epochs wide.
    """
    drawn = runs.init_seed != FIXED
    width = max(1, -(-(high - low) // CELLS))
    places = low + (runs.break_epoch - low) // width * width
    table = pd.DataFrame(
        {
            "order_seed": runs.order_seed,
            "never": runs.break_epoch == NEVER,
            "epoch": np.where(runs.break_epoch == NEVER, high, places),
            "init_seed": runs.init_seed,
            "stop": runs.break_epoch,
        }
    )[drawn]
    cells = table.groupby(["order_seed", "epoch", "never"], as_index=False).agg(
        count=("init_seed", "size"), init_seed=("init_seed", "min"), first=("stop", "min"), last=("stop", "max")
    )
    cells["of"] = cells.groupby("order_seed")["count"].transform("sum")
    cells["share"] = cells["count"] / cells["of"]
    cells["slot"] = cells["order_seed"].map(slots)
    return pa.Table.from_pandas(cells, preserve_index=False)


def progress_text(runs: Runs, plan: Plan, going: bool, seconds_left: float, ahead: int) -> str:
    """The progress of a sweep, and how many of its runs never reach θ; `ahead` sweeps come before it in the queue."""
    if going and ahead:
        others = "another sweep ends" if ahead == 1 else f"{ahead} other sweeps end"
        return f"{len(runs):,} of {plan.runs:,} runs. It resumes when {others}."
    if going:
        return f"{len(runs):,} of {plan.runs:,} runs, about {max(seconds_left, 1):.0f} s to go."
    said = (
        f"{plan.runs:,} runs." if len(runs) == plan.runs else f"Stopped: {len(runs):,} of {plan.runs:,} runs are done."
    )
    never = int((runs.break_epoch == NEVER).sum())
    return f"{said} Never stopped by θ: {never:,}." if never else said


def fingerprint_of(runs: Runs) -> str:
    """The fingerprint of all runs: when each stopped and reached 80%, and which samples it got wrong in the end."""
    return fingerprint([runs.order_seed, runs.init_seed, runs.break_epoch, runs.reached, runs.wrong])
