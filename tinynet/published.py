"""The results that the first document publishes for problem 2, as data."""

from dataclasses import dataclass

INIT_SEED = 6875673
"""Of the first random run that the document prints."""
ORDER_SEED = 2019
"""Not in the document, but found by search: the only seed in 0 … 19,999 that gives all four break epochs."""
LEARNING_RATE = 0.1
THETA = 0.005
COMPARED = ("random", "same", "zeros", "xavier", "he")
"""The initialisations to compare in problem 2: the two of the document, and three common ones."""


@dataclass(frozen=True)
class Result:
    """The published break epoch of one run, and its initial weights."""

    init: str
    init_seed: int | None
    break_epoch: int
    hidden: tuple[float, ...]
    output: tuple[float, ...]


RESULTS = (
    Result(
        "random",
        INIT_SEED,
        221,
        (0.9982055994401462, 0.2126774398275122, -0.8786620626084363, -0.4325124707588217),
        (0.5186560335298704, -0.7963187458696399),
    ),
    Result(
        "random",
        0,
        298,
        (0.6888437030500962, 0.515908805880605, -0.15885683833831, -0.4821664994140733),
        (0.02254944273721704, -0.19013172509917142),
    ),
    Result(
        "random",
        1500,
        149,
        (-0.3793387404607793, 0.6229944142121933, -0.3224004941284364, -0.3494584654638493),
        (0.5356593179104086, 0.8961368778300058),
    ),
    Result("same", None, 298, (0.5, 0.5, 0.5, 0.5), (-0.5, -0.5)),
)


def break_epoch(init: str, init_seed: int, order_seed: int, learning_rate: float, theta: float) -> int | None:
    """The published break epoch for these settings, or None if the document has none."""
    if (order_seed, learning_rate, theta) != (ORDER_SEED, LEARNING_RATE, THETA):
        return None
    matches = (r for r in RESULTS if r.init == init and r.init_seed in (init_seed, None))
    return next((r.break_epoch for r in matches), None)
