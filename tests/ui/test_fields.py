"""Every setting of every page: its default and its limits, and the way through link, address and file and back."""

from collections.abc import Iterable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.decision_regions import controls as regions
from pages.ui.digits import controls as digits
from pages.ui.fields import Choice, Choices, Number, Setting, Switch, address, entries
from pages.ui.plane import controls as plane
from pages.ui.plane.points import encode
from pages.ui.sweep import controls as sweep
from pages.ui.training import controls as training
from pages.ui.why_not_zero import controls as why_not_zero

PAGES: dict[str, tuple[Setting, ...]] = {
    "decision_regions": regions.SETTINGS,
    "training": training.SETTINGS,
    "symmetry": (*why_not_zero.SETTINGS, why_not_zero.START, why_not_zero.WEIGHT),
    "digits": digits.SETTINGS,
    "sweep": (*sweep.SETTINGS, sweep.SORTING),
    "in_the_plane": (*plane.SETTINGS, plane.ADDED),
}
ALL = [(page, setting) for page, settings in PAGES.items() for setting in settings]
each_setting = pytest.mark.parametrize(
    "setting", [setting for _, setting in ALL], ids=[f"{page} {setting.key}" for page, setting in ALL]
)


def values(setting: Setting) -> list[Any]:
    """What a setting may be: the ends of its range and numbers with many digits, or each option."""
    if isinstance(setting, Number | regions.Cell):
        low, high = setting.range.low, setting.range.high
        inside = [low + (high - low) / 3, low + (high - low) * 1e-9]
        return [int(low), int(high)] if setting.range.whole else [float(low), float(high), *inside]
    if isinstance(setting, Switch):
        return [True, False]
    if isinstance(setting, plane.OwnPoints):
        return ["", encode([(-5.0, 5.0, 1), (0.0, 1.2345, -1)])]
    options: list[Any] = list(setting.labels)
    return [[options[0]], options[::-1]] if isinstance(setting, Choices) else options


def refused(setting: Setting) -> Iterable[object]:
    """What a setting may not be."""
    yield from (None, {}, [[]], "nonsense", "1", "<b>", "\ud800" * 30)
    if isinstance(setting, Number | regions.Cell):
        low, high = setting.range.low, setting.range.high
        yield from (True, [], float("nan"), float("inf"), float("-inf"), -1e300, 10**19, -(10**19))
        yield from [low - 1, high + 1] if high < 1e15 else [low - 1]
        if setting.range.whole:
            yield low + 0.5


@each_setting
def test_a_value_comes_back_from_the_entries_and_from_the_link_as_it_was(setting: Setting) -> None:
    for value in values(setting):
        held = entries([setting], {setting.name: value})
        assert held == {setting.key: value}
        (text,) = address([setting], {setting.name: value}).values()
        assert read_back(setting, text) == value


def read_back(setting: Setting, text: str | list[str]) -> Any:
    """What a link says, as Streamlit reads it."""
    names = {label: option for option, label in setting.labels.items()}
    if isinstance(text, list):
        return [names[one] for one in text]
    if isinstance(setting, Switch):
        return {"true": True, "false": False}[text]
    if isinstance(setting, plane.OwnPoints):
        return text
    return names[text] if names else float(text)


@each_setting
def test_what_a_setting_cannot_be_is_refused_in_one_short_sentence_without_markup(setting: Setting) -> None:
    for value in refused(setting):
        with pytest.raises(ValueError, match=r"must be .*, received .+") as error:
            setting.check(value)
        sentence = str(error.value)
        assert sentence.isprintable()
        assert len(sentence) <= 250
        assert "<" not in sentence


@each_setting
def test_a_setting_that_is_not_in_a_file_is_left_as_it_is(setting: Setting) -> None:
    assert entries([setting], {"other": 1}) == address([setting], {"other": 1}) == {}


def test_one_option_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="an initialisation is in the file twice"):
        training.INIT.check(["random", "random"])


@pytest.mark.parametrize("page", PAGES)
def test_the_settings_of_a_page_have_keys_labels_and_words_of_their_own(page: str) -> None:
    settings = [setting for setting in PAGES[page] if isinstance(setting, Number | Choice | Choices | Switch)]
    assert len({setting.key for setting in PAGES[page]}) == len(PAGES[page])
    assert len({setting.name for setting in PAGES[page]}) == len(PAGES[page])
    assert all(setting.label and setting.help.endswith(".") for setting in settings)


OTHERS: dict[str, dict[str, Any]] = {
    "decision_regions": {"h11": 1 / 3, "o2": -0.7, "colouring": "Orange and blue", "lines": False, "changed": True},
    "training": {
        "init": ["he", "same"],
        "seed": 7,
        "order_seed": 3,
        "learning_rate": 1 / 3,
        "theta": 0.1,
        "max_epochs": 5,
        "scale": 0.7,
    },
    "symmetry": {
        "hidden_units": 3,
        "value": 0.25,
        "noise": 0.1,
        "seed": 5,
        "order_seed": 6,
        "learning_rate": 0.2,
        "max_epochs": 9,
    },
    "digits": {
        "init": ["constant", "xavier"],
        "activation": "relu",
        "full_batch": True,
        "hidden_units": 5,
        "learning_rate": 1 / 3,
        "iterations": 1,
        "seed": 9,
        "constant": 0.125,
    },
    "sweep": {
        "init_seeds": 100,
        "order_seeds": 2,
        "first_order": 9,
        "learning_rate": 1 / 3,
        "theta": 0.25,
        "max_epochs": 3,
        "random_range": 0.6,
    },
    "in_the_plane": {
        "data": "own",
        "rows": encode([(1.0, 1.0, 1), (-1.0, 0.25, -1)]),
        "a": "he",
        "b": "noisy",
        "hidden_units": 2,
        "value": 0.25,
        "noise": 0.1,
        "seed": 5,
        "order_seed": 6,
        "learning_rate": 1 / 3,
        "theta": 0.25,
        "max_epochs": 3,
        "points": 7,
        "data_noise": 0.3,
        "data_seed": 8,
    },
}
"""A value of each setting that is not its default."""


@pytest.mark.parametrize("page", OTHERS)
def test_a_link_of_all_settings_sets_every_widget_of_its_page(page: str) -> None:
    app = AppTest.from_file("../../streamlit_app.py", default_timeout=120)
    settings = [setting for setting in PAGES[page] if setting.name in OTHERS[page]]
    assert len(settings) == len(OTHERS[page])
    app.query_params.update(address(settings, OTHERS[page]))
    expected = entries(settings, OTHERS[page])
    if page in why_not_zero.SECTION.labels:
        app.query_params["section"] = why_not_zero.SECTION.text(page)
    before = dict(app.query_params)
    if page != "decision_regions":
        app.switch_page(f"pages/{'why_not_zero' if 'section' in before else page}.py")
    app.run()
    assert not app.exception
    assert {key: app.session_state[key] for key in expected} == expected
    assert app.query_params == before
    assert [text.value for text in app.text if "Ignored" in text.value] == []
