"""Settings that were saved as JSON, given back to their page."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.ui import fields as numbers
from pages.ui import files as state
from pages.ui.decision_regions import controls as regions
from pages.ui.files import Entries, check_keys, items, number, objects, one_of, shared, truth, whole
from pages.ui.live import state as playback
from pages.ui.sweep import controls as sweep
from pages.ui.theme import COLOURINGS
from pages.ui.training import controls as training
from tinynet import digits
from tinynet.config import LARGEST_CONSTANT, LARGEST_LEARNING_RATE, LARGEST_SEED, SMALLEST_LEARNING_RATE
from tinynet.initializers import DRAWN
from tinynet.published import COMPARED
from tinynet.regions import CELLS

LARGEST = {"decision_regions": 100_000, "training": 100_000, "why_not_zero": 10_000_000, "sweep": 100_000}
"""Bytes of a file; one of MNIST holds the weights of 784 inputs."""
TITLES = {
    "decision_regions": "1 · Decision regions",
    "training": "2 · Training",
    "why_not_zero": "3 · Why not zero",
    "sweep": "4 · Thousands of runs",
}

OVERLAYS = {"lines": "lines", "contour": "boundary", "signs": "signs", "changed": "changed"}
"""What may lie on the picture of problem 1: its name in a file, and its toggle."""


def upload(page: str) -> None:
    """A place for a file that `page` saved as "Settings as JSON"; it sets the widgets, or is refused in a sentence."""
    st.file_uploader(
        "Settings from JSON",
        "json",
        key=state.file_key(page),
        on_change=state.take,
        args=(page, partial(parse, page=page)),
        max_upload_size=-(-LARGEST[page] // 1_000_000),
        help="Shows again what was saved as “Settings as JSON”.",
    )
    if problem := state.refusal(page):
        st.warning(f"The file was not used: {problem}.")


def parse(text: bytes, page: str) -> Entries:
    """What the widgets of `page` hold when the settings of a file are restored, by their keys.

    Results that the file also holds are passed over. Raises ValueError, in the user's words, if it is no file of this
    page or a setting cannot be used.
    """
    content = state.read(text, LARGEST[page])
    owner = _owner(content)
    if owner is None:
        raise ValueError("it does not say which page it belongs to")
    if owner != page:
        raise ValueError(f"it belongs to the page “{TITLES[owner]}”")
    return _PARSERS[page](content)


def _owner(content: dict[str, Any]) -> str | None:
    """The page that a file belongs to."""
    if content.get("section") == "digits":
        return "why_not_zero"
    # the page of problem 1 writes what the command line takes
    page = content.get("page", "decision_regions" if "hidden" in content else None)
    return page if isinstance(page, str) and page in TITLES else None


def _decision_regions(content: dict[str, Any]) -> Entries:
    check_keys(content, ("hidden", "output"), ("page", "colouring", *OVERLAYS))
    rows = [items("a row of hidden", row, 3) for row in items("hidden", content["hidden"], 2)]
    values = [*rows[0], *rows[1], *items("output", content["output"], 3)]
    limit = regions.LIMIT
    entries: Entries = {
        name: number(regions.label(name), value, -limit, limit) for name, value in zip(CELLS, values, strict=True)
    }
    if "colouring" in content:
        entries["colouring"] = one_of("colouring", content["colouring"], COLOURINGS)
    return entries | {key: truth(name, content[name]) for name, key in OVERLAYS.items() if name in content}


def _training(content: dict[str, Any]) -> Entries:
    needed = ("page", "starts", "order_seed", "learning_rate", "theta", "max_epochs")
    check_keys(content, needed, ("hidden_units", "epochs_done"))
    whole("hidden units", content.get("hidden_units", 1), 1, 1)
    starts = objects("starts", content["starts"])
    for start in starts:
        check_keys(start, ("init", "seed", "scale"), ("break_epoch", "initial", "now", "final"))
    inits = [one_of("initialisation", start["init"], COMPARED) for start in starts]
    if len(set(inits)) < len(inits):
        raise ValueError("an initialisation is in the file twice")
    seeds = [whole("init seed", start["seed"], 0, LARGEST_SEED) for start in starts]
    ranges = [number("random range", start["scale"], numbers.SMALLEST_RANGE, LARGEST_CONSTANT) for start in starts]
    drawn = [place for place, init in enumerate(inits) if init in DRAWN]
    entries: Entries = {
        "init": inits,
        "order": whole("order seed", content["order_seed"], 0, LARGEST_SEED),
        "eta": _learning_rate(content["learning_rate"]),
        "theta": number("θ", content["theta"], 0, numbers.LARGEST_THETA),
        "epochs": whole("most epochs", content["max_epochs"], 1, training.MOST_EPOCHS),
    }
    if "epochs_done" in content:
        done = whole("epochs done", content["epochs_done"], 0, training.MOST_EPOCHS)
        entries |= playback.put("epoch", int(done))
    if not drawn:  # then no run has a seed or a range
        return entries
    return entries | {
        "seed": shared("init seed", [seeds[place] for place in drawn]),
        "range": shared("random range", [ranges[place] for place in drawn]),
    }


def _learning_rate(value: object) -> float:
    return number("learning rate", value, SMALLEST_LEARNING_RATE, LARGEST_LEARNING_RATE)


def _sweep(content: dict[str, Any]) -> Entries:
    plain = ("learning_rate", "theta", "max_epochs", "random_range")
    check_keys(content, ("page", "init_seeds", "order_seeds", *plain), ("orders",))
    first_init, end_init = items("init_seeds", content["init_seeds"], 2)
    first, end = items("order_seeds", content["order_seeds"], 2)
    whole("first init seed", first_init, 0, 0)
    inits = whole("init seeds", end_init, sweep.FEWEST_INIT_SEEDS, sweep.MOST_INIT_SEEDS)
    first_order = whole("first order seed", first, 0, LARGEST_SEED - sweep.MOST_ORDER_SEEDS)
    last = int(first_order) + sweep.MOST_ORDER_SEEDS
    return {
        "inits": inits,
        "first_order": first_order,
        "orders": whole("end of the order seeds", end, int(first_order) + 1, last) - first_order,
        "sweep_eta": _learning_rate(content["learning_rate"]),
        "sweep_theta": number("θ", content["theta"], 0, numbers.LARGEST_THETA),
        "sweep_epochs": whole("most epochs", content["max_epochs"], 1, sweep.MOST_EPOCHS),
        "sweep_range": number("random range", content["random_range"], numbers.SMALLEST_RANGE, LARGEST_CONSTANT),
    }


_SHARED: dict[str, tuple[str, Callable[[object], Any]]] = {
    "hidden_units": (
        "digits_units",
        lambda value: whole("hidden units", value, digits.FEWEST_HIDDEN_UNITS, digits.MOST_HIDDEN_UNITS),
    ),
    "activation": ("digits_activation", lambda value: one_of("activation", value, digits.ACTIVATIONS)),
    "learning_rate": ("digits_eta", _learning_rate),
    "iterations": ("digits_iterations", lambda value: whole("iterations", value, 1, digits.MOST_ITERATIONS)),
    "full_batch": ("digits_batch", lambda value: truth("full_batch", value)),
    "seed": ("digits_seed", lambda value: whole("seed", value, 0, LARGEST_SEED)),
    "constant": ("digits_constant", lambda value: number("constant", value, -LARGEST_CONSTANT, LARGEST_CONSTANT)),
}
"""The settings of a run on MNIST: the widget of each, and its check."""


def _digits(content: dict[str, Any]) -> Entries:
    check_keys(content, ("section", "runs"))
    runs = objects("runs", content["runs"])
    for run in runs:
        check_keys(run, ("init", *_SHARED), ("end", "final"))
    inits = [one_of("initialisation", run["init"], digits.INITIALIZERS) for run in runs]
    if len(set(inits)) < len(inits):
        raise ValueError("an initialisation is in the file twice")
    entries: Entries = {"digits_init": inits}
    for name, (key, check) in _SHARED.items():
        values = [check(run[name]) for run in runs]
        used = [value for value, init in zip(values, inits, strict=True) if _uses(init, name)]
        if used:
            entries[key] = shared(name, used)
    return entries


def _uses(init: str, name: str) -> bool:
    """Whether the setting `name` changes a run of this initialisation; else it stands at its default in the file."""
    if name == "seed":
        return init in digits.VARIANCES
    if name == "constant":
        return init == "constant"
    return name != "full_batch" or init != "zeros"


_PARSERS: dict[str, Callable[[dict[str, Any]], Entries]] = {
    "decision_regions": _decision_regions,
    "training": _training,
    "why_not_zero": _digits,
    "sweep": _sweep,
}
