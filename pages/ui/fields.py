"""Descriptions of settings.

Each setting is described once. Its widget, its link parameter, its check when a file is loaded, and its place in links
to other pages all come from that description.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Protocol

import streamlit as st

from tinynet.ranges import Range, range_of

Width = int | Literal["stretch"]
Entries = dict[str, Any]
"""Widget values by widget key."""
LONGEST_WORD = 20
"""How many characters of a word from a file a message quotes."""
KEPT: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}
"""Options that write a widget's value into the address, and keep it while another page is shown."""


class Parameter(Protocol):
    """A link parameter: its key, and how each option is written in a link. Other values are written as they are."""

    @property
    def key(self) -> str:
        """The name of the parameter and the key of its widget."""

    @property
    def labels(self) -> Mapping[Any, str]:
        """The label of each option; empty for numbers, switches and text."""


class Setting(Parameter, Protocol):
    """A parameter that is also a field of a config and of a saved file."""

    @property
    def name(self) -> str:
        """The name of the field."""

    def check(self, value: object) -> Any:
        """The widget value for `value`; raises ValueError with a message for the user if it is not allowed."""

    def text(self, value: Any) -> str | list[str]:
        """A widget value as written in a link."""


@dataclass(frozen=True)
class Linked:
    """A parameter read and written by a component: an expander, or the position of the player."""

    key: str
    labels: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    """A number input."""

    key: str
    name: str
    label: str
    help: str
    default: float
    range: Range
    step: float = 0.01
    width: Width = "stretch"
    labels: Mapping[Any, str] = field(default_factory=dict, init=False)

    def draw(self, **rest: Any) -> Any:
        """Draw the widget and return its number; a fraction instead of a whole number is left for the config to refuse.

        `rest` is passed to st.number_input.
        """
        # floats throughout: Streamlit crashes on a link that sets an int widget to infinity
        entered: float = st.number_input(
            self.label,
            min_value=float(self.range.low),
            max_value=float(self.range.high),
            value=float(self.default),
            step=1.0 if self.range.whole else self.step,
            format="%.16g" if self.range.whole else "%.6g",
            key=self.key,
            help=self.help,
            width=self.width,
            **KEPT,
            **rest,
        )
        return int(entered) if self.range.whole and entered.is_integer() else entered

    def check(self, value: object) -> float:
        """`value` as a float; raises ValueError if it is no number or out of range."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{self.range.name} must be {self.range.allowed()}, received {received(value)}")
        self.range.check(value)
        return float(value)

    def text(self, value: float) -> str:
        """`value` with all its digits."""
        return str(float(value)).removesuffix(".0")


def number(
    key: str,
    config: type,
    name: str,
    label: str,
    help_text: str,
    *,
    default: float | None = None,
    high: float | None = None,
    step: float = 0.01,
    width: Width = "stretch",
) -> Number:
    """A setting for the field `name` of `config`, with its range and default unless the page overrides them."""
    own: Any = {each.name: each.default for each in fields(config)}[name]
    allowed = range_of(config, name)
    return Number(
        key,
        name,
        label,
        help_text,
        own if default is None else default,
        allowed if high is None else allowed.narrowed(high),
        step,
        width,
    )


def pills(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One option, as pills."""
    return st.pills(label, options, default=default, required=True, **rest)


def segments(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One option, as a segmented control."""
    return st.segmented_control(label, options, default=default, required=True, width="content", **rest)


def radio(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One option, as radio buttons."""
    return st.radio(label, options, index=options.index(default), **rest)


def menu(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One option, as a select box."""
    return st.selectbox(label, options, index=options.index(default), **rest)


def slider(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One option, as a slider over the options in order."""
    return st.select_slider(label, options, value=default, **rest)


@dataclass(frozen=True)
class Choice:
    """One of several options; `labels` names each, and `widget` is one of the functions above.

    Without a default (None) it is in every link, and the page chooses the first option by itself.
    """

    key: str
    name: str
    label: str
    help: str
    labels: Mapping[Any, str]
    default: Any
    widget: Callable[..., Any] = segments

    def draw(self, options: Iterable[Any] | None = None, **rest: Any) -> Any:
        """Draw the widget and return the option chosen among `options`, by default all.

        It starts at the default, or at the first option if the default is not offered. `rest` is passed to the widget.
        """
        offered = list(self.labels if options is None else options)
        default = self.default if self.default in (None, *offered) else offered[0]
        chosen = self.widget(
            self.label,
            offered,
            default,
            format_func=lambda option: self.labels.get(option, str(option)),
            key=self.key,
            help=self.help,
            **KEPT,
            **rest,
        )
        first = offered[0] if default is None else default
        return first if chosen is None else chosen

    def check(self, value: object) -> Any:
        """`value`; raises ValueError if it is not an option."""
        if not any(type(option) is type(value) and option == value for option in self.labels):
            allowed = ", ".join(json_word(option) for option in self.labels)
            raise ValueError(f"{self.label.lower()} must be one of {allowed}, received {received(value)}")
        return value

    def text(self, value: Any) -> str:
        """The option's label."""
        return self.labels[value]


@dataclass(frozen=True)
class Choices:
    """Any subset of several options."""

    key: str
    name: str
    label: str
    help: str
    labels: Mapping[str, str]
    default: Sequence[str]

    def draw(self) -> list[str]:
        """Draw the widget and return the chosen options, in the order offered."""
        chosen = st.pills(
            self.label,
            list(self.labels),
            width="content",
            selection_mode="multi",
            default=self.default,
            format_func=self.labels.__getitem__,
            key=self.key,
            help=self.help,
            **KEPT,
        )
        return [option for option in self.labels if option in chosen]

    def check(self, value: object) -> list[str]:
        """`value` as a list of options; raises ValueError if one is unknown or repeated."""
        one = Choice(self.key, self.name, self.label, self.help, self.labels, None)
        found = [one.check(each) for each in (value if isinstance(value, list) else [value])]
        if len(set(found)) < len(found):
            raise ValueError(f"an {self.label.lower()} is in the file twice")
        return found

    def text(self, value: Sequence[str]) -> list[str]:
        """The options' labels."""
        return [self.labels[option] for option in value]


@dataclass(frozen=True)
class Switch:
    """An on/off switch."""

    key: str
    name: str
    label: str
    help: str
    default: bool = False
    labels: Mapping[Any, str] = field(default_factory=dict, init=False)

    def draw(self, **rest: Any) -> bool:
        """Draw the widget and return whether it is on. `rest` is passed to st.toggle."""
        return st.toggle(self.label, value=self.default, key=self.key, help=self.help, **KEPT, **rest)

    def check(self, value: object) -> bool:
        """`value`; raises ValueError if it is not true or false."""
        if not isinstance(value, bool):
            raise ValueError(f"{self.name} must be true or false, received {received(value)}")
        return value

    def text(self, value: bool) -> str:
        """`value` as JSON writes it."""
        return json_word(value)


def entries(settings: Iterable[Setting], values: Mapping[str, object]) -> Entries:
    """The widget values of `settings` for the field `values`; raises ValueError if one is not allowed."""
    return {setting.key: setting.check(values[setting.name]) for setting in settings if setting.name in values}


def address(settings: Iterable[Setting], values: Mapping[str, object]) -> dict[str, str | list[str]]:
    """The link parameters that open a page with these `values` of its `settings`."""
    held = entries(settings, values)
    return {setting.key: setting.text(held[setting.key]) for setting in settings if setting.key in held}


def received(value: object) -> str:
    """A value from a file as quoted in a message: only what is short and harmless."""
    if isinstance(value, bool) or value is None:
        return json_word(value)
    if isinstance(value, int | float):
        return f"{value:.17g}"
    if isinstance(value, str):
        return f"‘{word(value)}’"
    return "a list" if isinstance(value, list) else "an object"


def json_word(value: object) -> str:
    """True, False and None as JSON writes them; anything else as it is."""
    return {True: "true", False: "false", None: "null"}[value] if isinstance(value, bool | None) else str(value)


def word(text: str) -> str:
    """The first LONGEST_WORD characters of text from a file, without characters that are special in Markdown."""
    shown = "".join(each if each.isalnum() or each in "_ -" else "·" for each in text[:LONGEST_WORD])
    return shown if len(text) <= LONGEST_WORD else f"{shown}…"
