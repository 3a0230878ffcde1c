"""What a new server computes by itself."""

import threading

from pages.ui import first
from pages.ui.digits.controls import default_configs
from pages.ui.digits.state import shared as digits_job
from pages.ui.sweep.controls import default_plan
from pages.ui.sweep.state import shared as sweep_job


def test_the_sweep_and_the_runs_on_mnist_that_pages_open_with_are_done_before_anybody_asks() -> None:
    first.compute()
    for thread in threading.enumerate():
        if thread.name == first.NAME:
            thread.join()
    assert sweep_job(default_plan()).ended
    assert [digits_job(config).ended for config in default_configs()] == [True] * len(default_configs())
