"""The settings of a training."""

import re
from typing import Any

import pytest

from tinynet.config import LARGEST_SEED, Config, Start


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"learning_rate": -0.1}, "learning rate must be above 0, received -0.1"),
        ({"learning_rate": 0.0}, "learning rate must be above 0, received 0"),
        ({"learning_rate": float("nan")}, "learning rate must be above 0, received nan"),
        ({"learning_rate": float("inf")}, "learning rate must be a number from 1e-12 to 1e+12, received inf"),
        ({"learning_rate": 1e-13}, "learning rate must be a number from 1e-12 to 1e+12, received 1e-13"),
        ({"theta": -1.0}, "θ must be a number from 0 to 1e+06, received -1"),
        ({"theta": float("nan")}, "θ must be a number from 0 to 1e+06, received nan"),
        ({"theta": float("inf")}, "θ must be a number from 0 to 1e+06, received inf"),
        ({"max_epochs": 0}, "most epochs must be a whole number from 1 to 100000, received 0"),
        ({"max_epochs": 2.5}, "most epochs must be a whole number from 1 to 100000, received 2.5"),
        ({"max_epochs": True}, "most epochs must be a whole number from 1 to 100000, received True"),
        ({"order_seed": -1}, f"order seed must be a whole number from 0 to {LARGEST_SEED}, received -1"),
        ({"hidden_units": 0}, "hidden units must be a whole number from 1 to 64, received 0"),
        ({"starts": ()}, "at least one initialisation is needed, received none"),
    ],
)
def test_a_value_outside_its_range_is_refused_in_the_users_words(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Config(**settings)


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1, 1.5, "0"])
def test_an_init_seed_is_a_whole_number_that_a_browser_keeps_exact(seed: Any) -> None:
    with pytest.raises(ValueError, match="init seed must be a whole number from 0 to 9007199254740991, received"):
        Start("random", seed)


def test_an_unknown_initialisation_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^initialisation must be one of random, same, .*, received 'best'$"):
        Start("best")


def test_equal_settings_are_the_same_cache_key() -> None:
    assert Config() == Config()
    assert hash(Config()) == hash(Config())
    assert Start("same", 5) == Start("same", 9)
    assert Start("random", 5) != Start("random", 9)
