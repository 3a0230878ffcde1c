"""The first document's explanation, beside what a sweep says of it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from pages.ui import conclusions
from pages.ui.training import controls as training
from pages.ui.why_not_zero import controls as why_not_zero
from tests.runs import swept
from tests.ui.sweeps import PLAN, PLANS
from tinynet.config import Config, Start
from tinynet.sweep import FIXED, NEVER
from tinynet.training import train
from tinynet.verdicts import CONCLUSIONS, Conclusion, pairs

RUNS = swept(PLAN)


def test_equal_units_are_measured_to_be_one() -> None:
    one_unit, _, _ = conclusions.reasons(swept(PLAN), PLAN, "training")
    assert "differ by exactly 0 in every one of 300 epochs" in one_unit.found
    assert (one_unit.shown.values["section"], one_unit.shown.values["start"]) == ("symmetry", "constant")
    assert set(one_unit.shown.values) == {setting.name for setting in one_unit.shown.settings}
    assert one_unit.shown.settings[-len(why_not_zero.SETTINGS) :] == why_not_zero.SETTINGS


@pytest.mark.parametrize("name", PLANS)
def test_what_is_counted_of_the_runs_is_what_they_say(name: str) -> None:
    plan, runs = PLANS[name], swept(PLANS[name])
    _, single, badly = conclusions.reasons(runs, plan, "training")
    drawn, same = runs.take(runs.init_seed != FIXED), runs.take(runs.init_seed == FIXED)
    reached = np.count_nonzero(same.best_accuracy >= 0.8)
    assert f"same reaches 80% under {reached} of {len(plan.order_seeds)} order seed" in single.found
    assert f"random in {(drawn.best_accuracy >= 0.8).sum():,} of its {len(drawn):,} runs" in single.found
    later = worse = 0
    for one in range(len(same.order_seed)):
        own = drawn.take(drawn.order_seed == same.order_seed[one])
        never, limit = own.break_epoch == NEVER, same.break_epoch[one]
        later += 0 if limit == NEVER else int(np.count_nonzero(never | (own.break_epoch > limit)))
        worse += int(np.count_nonzero(own.training_error > same.training_error[one]))
    stop = "stops" if later == 1 else "stop"
    assert f"Of {len(drawn):,} random runs, {later:,} {stop} later than same, or never although same" in badly.found
    assert badly.found.endswith(f"; {worse:,} end{'s' * (worse == 1)} with a higher training error.")


def test_the_bad_start_that_can_be_opened_is_one() -> None:
    badly = conclusions.reasons(swept(PLAN), PLAN, "training")[2]
    init_seed, order_seed = map(int, re.findall(r"\d+", badly.shown.label))
    history = train(PLAN.pair(order_seed, init_seed))
    assert history.last_epoch[0] > history.last_epoch[1]
    assert history.training_error[history.last_epoch[0], 0] > history.training_error[history.last_epoch[1], 1]
    assert badly.shown.settings == training.SETTINGS
    assert (badly.shown.values["seed"], badly.shown.values["order_seed"]) == (init_seed, order_seed)


@pytest.mark.parametrize("conclusion", CONCLUSIONS, ids=lambda one: one.__name__)
def test_the_run_that_can_be_opened_shows_the_conclusion(conclusion: Conclusion) -> None:
    words = conclusions.SHORT[conclusion.__name__]
    (shown,) = [one for one in conclusions.examples(RUNS, PLAN) if one.label.startswith(words)]
    init_seed, order_seed = map(int, re.findall(r"seed (\d+)", shown.label))
    assert shown.settings == training.SETTINGS
    assert (shown.values["seed"], shown.values["order_seed"]) == (init_seed, order_seed)
    assert conclusion(
        *pairs(
            swept(
                replace(PLAN, init_seeds=range(init_seed, init_seed + 1), order_seeds=range(order_seed, order_seed + 1))
            )
        )
    ).all()


def test_a_conclusion_that_never_holds_has_no_run_to_open() -> None:
    never = replace(RUNS, best_accuracy=np.zeros(len(RUNS)))
    words = [shown.label.partition(":")[0] for shown in conclusions.examples(never, PLAN)]
    assert words == [words for name, words in conclusions.SHORT.items() if name != "peaks_at_80_percent"]


def test_without_a_bad_start_there_is_none_to_open() -> None:
    plan = replace(
        PLAN,
        init_seeds=range(1),
        order_seeds=range(2019, 2020),
        config=Config((Start("random"), Start("same")), max_epochs=2),
    )
    runs = swept(plan)
    best = replace(runs, training_error=np.where(runs.init_seed == FIXED, 9.0, 1.0))
    assert conclusions.reasons(best, plan, "training")[2].shown.values == {}
