"""The parameters that a link to each page may hold: one for each bound widget, with the labels of its options."""

from collections.abc import Mapping

from pages.ui.decision_regions.controls import label
from pages.ui.digits.controls import ACTIVATION_NAMES, BATCHES
from pages.ui.link import Labels
from pages.ui.live.player import SPEEDS
from pages.ui.sweep.controls import SORTINGS
from pages.ui.theme import RUN_NAMES, START_NAMES, WEIGHT_NAMES
from tinynet.regions import CELLS

PARAMETERS: dict[str, Mapping[str, Labels]] = {
    "decision_regions": {
        **{name: {} for name in (*CELLS, "draw_seed", "point_x1", "point_x2")},
        **{name: {} for name in ("colouring", "lines", "boundary", "signs", "changed", "mathematics")},
        "dragged": {name: label(name) for name in CELLS},
    },
    "training": {
        **{name: {} for name in ("seed", "order", "eta", "theta", "epochs", "range", "epoch")},
        **{name: {} for name in ("microscope", "look_sample", "look_quiz")},
        "init": RUN_NAMES,
        "look_run": RUN_NAMES,
        "speed": SPEEDS,
    },
    "why_not_zero": {
        **{name: {} for name in ("constant", "units", "noise")},
        **{name: {} for name in ("start_seed", "start_order", "start_eta", "start_epochs", "start_epoch")},
        **{f"digits_{name}": {} for name in ("units", "eta", "iterations", "seed", "constant")},
        "start": START_NAMES,
        "speed": SPEEDS,
        "weight": WEIGHT_NAMES,
        "digits_init": START_NAMES,
        "digits_activation": ACTIVATION_NAMES,
        "digits_batch": BATCHES,
    },
    "sweep": {
        **{name: {} for name in ("inits", "orders", "first_order", "order_seed", "minimum")},
        **{name: {} for name in ("sweep_eta", "sweep_theta", "sweep_epochs", "sweep_range")},
        "sort": SORTINGS,
    },
}
"""By the name of the page's file."""
