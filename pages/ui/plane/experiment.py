"""What page 5 trains: points of the plane, and two networks that differ only in where they start."""

from dataclasses import dataclass

from tinynet.config import Config, Start
from tinynet.plane import setting
from tinynet.points import Generated, Own
from tinynet.symmetry import CONSTANT

RUNS = ("A", "B")
"""The names of the two networks."""
OWN = "own"
"""The choice of points that were set by hand or read from a file."""
NOISY = "noisy"
"""The start that adds noise to every weight of a constant one."""
START_NAMES = {
    "zeros": "zeros",
    "constant": "constant",
    NOISY: "constant + ε",
    "random": "random",
    "xavier": "Xavier",
    "he": "He",
}
"""The starts to compare, with their names on the page."""


@dataclass(frozen=True)
class Experiment:
    """The two starts and their training, and the points that both learn."""

    config: Config
    source: Generated | Own


FIRST_SEED = 1
DEFAULT = Experiment(setting((Start("random", FIRST_SEED), Start("constant", value=CONSTANT))), Generated())


def start_of(name: str, seed: int, value: float, noise: float) -> Start:
    """The start of this name in START_NAMES."""
    return Start("constant", seed, value, noise) if name == NOISY else Start(name, seed, value)
