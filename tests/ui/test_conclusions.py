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


def test_equal_units_are_measured_to_be_one() -> None:
    one_unit, _, _ = conclusions.reasons(swept(PLAN), PLAN, "training")
    assert "differ by exactly 0 in every one of 300 epochs" in one_unit.found
    assert one_unit.parameters["start"] == "constant"
    assert one_unit.parameters["section"] == why_not_zero.SECTION.labels["symmetry"]
    # whatever was set there before
    assert set(one_unit.parameters) == {setting.key for setting in conclusions.WHY_NOT_ZERO}


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
    init_seed, order_seed = map(int, re.findall(r"\d+", badly.label))
    history = train(PLAN.pair(order_seed, init_seed))
    assert history.last_epoch[0] > history.last_epoch[1]
    assert history.training_error[history.last_epoch[0], 0] > history.training_error[history.last_epoch[1], 1]
    assert {setting.key for setting in training.SETTINGS} == set(badly.parameters)
    assert (badly.parameters["seed"], badly.parameters["order"]) == (str(init_seed), str(order_seed))


def test_without_a_bad_start_there_is_none_to_open() -> None:
    plan = replace(
        PLAN,
        init_seeds=range(1),
        order_seeds=range(2019, 2020),
        config=Config((Start("random"), Start("same")), max_epochs=2),
    )
    runs = swept(plan)
    best = replace(runs, training_error=np.where(runs.init_seed == FIXED, 9.0, 1.0))
    assert conclusions.reasons(best, plan, "training")[2].parameters == {}
