"""The settings of the pages.

Each setting is described once. From its description come its widget, its parameter in a link, its check when a file is
read, and its place in the address of another page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Protocol

import streamlit as st

from tinynet.ranges import Range, range_of

Width = int | Literal["stretch"]
Entries = dict[str, Any]
"""What widgets hold, by their keys."""
LONGEST_WORD = 20
"""Characters of a word from a file that a message repeats."""
KEPT: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}
"""A widget is written into the address, and keeps its value while another page is shown."""


class Parameter(Protocol):
    """What a link may hold: a key, and how each option is written in the link. Other values are written as they are."""

    @property
    def key(self) -> str:
        """The name of the parameter, and the key of its widget."""

    @property
    def labels(self) -> Mapping[Any, str]:
        """The options by their labels; empty for numbers, switches and plain words."""


class Setting(Parameter, Protocol):
    """A parameter that is a field of a config, and of a saved file."""

    @property
    def name(self) -> str:
        """The name of the field."""

    def check(self, value: object) -> Any:
        """What the widget holds for `value`; raises ValueError, in the user's words, if it cannot have it."""

    def text(self, value: Any) -> str | list[str]:
        """How a link writes what the widget holds."""


@dataclass(frozen=True)
class Linked:
    """A parameter that a component of its own reads and writes: an expander, the position of the player."""

    key: str
    labels: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    """A number to type in."""

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
        """The number entered. Where only whole numbers are allowed, a fraction comes back for the config to refuse.

        `rest` goes to st.number_input.
        """
        # floats throughout: Streamlit fails on a link that asks for an infinite whole number
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
        """`value` as the widget holds it, a float."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{self.range.name} must be {self.range.allowed()}, received {received(value)}")
        self.range.check(value)
        return float(value)

    def text(self, value: float) -> str:
        """All digits of `value`."""
        return f"{value:.17g}"


def number(
    key: str,
    config: type,
    name: str,
    label: str,
    help_text: str,
    *,
    default: float | None = None,
    low: float | None = None,
    high: float | None = None,
    step: float = 0.01,
    width: Width = "stretch",
) -> Number:
    """The field `name` of `config`, with its range and its default unless the page has its own."""
    own: Any = {each.name: each.default for each in fields(config)}[name]
    return Number(
        key,
        name,
        label,
        help_text,
        own if default is None else default,
        range_of(config, name).narrowed(low, high),
        step,
        width,
    )


def pills(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One of some options, each a pill."""
    return st.pills(label, options, default=default, required=True, **rest)


def segments(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One of a few options beside each other."""
    return st.segmented_control(label, options, default=default, required=True, width="content", **rest)


def radio(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One of some options below each other."""
    return st.radio(label, options, index=options.index(default), **rest)


def menu(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One of many options."""
    return st.selectbox(label, options, index=options.index(default), **rest)


def slider(label: str, options: list[Any], default: Any, **rest: Any) -> Any:
    """One of some options in order."""
    return st.select_slider(label, options, value=default, **rest)


@dataclass(frozen=True)
class Choice:
    """One of several options; `labels` has what each is called, and `widget` is one of the functions above."""

    key: str
    name: str
    label: str
    help: str
    labels: Mapping[Any, str]
    default: Any
    widget: Callable[..., Any] = segments

    def draw(self, options: Iterable[Any] | None = None, **rest: Any) -> Any:
        """The option chosen among `options`, by default all. At first it is the default, or the first if there is none.

        `rest` goes to the widget.
        """
        offered = list(self.labels if options is None else options)
        default = self.default if self.default in offered else offered[0]
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
        return default if chosen is None else chosen

    def check(self, value: object) -> Any:
        """`value`, if it is an option."""
        if not any(type(option) is type(value) and option == value for option in self.labels):
            allowed = ", ".join(json_word(option) for option in self.labels)
            raise ValueError(f"{self.label.lower()} must be one of {allowed}, received {received(value)}")
        return value

    def text(self, value: Any) -> str:
        """The label of an option."""
        return self.labels[value]


@dataclass(frozen=True)
class Choices:
    """Any number of several options."""

    key: str
    name: str
    label: str
    help: str
    labels: Mapping[str, str]
    default: Sequence[str]

    def draw(self) -> list[str]:
        """The options chosen, in the order in which they are offered."""
        chosen = st.pills(
            self.label,
            list(self.labels),
            selection_mode="multi",
            default=self.default,
            format_func=self.labels.__getitem__,
            key=self.key,
            help=self.help,
            **KEPT,
        )
        return [option for option in self.labels if option in chosen]

    def check(self, value: object) -> list[str]:
        """`value`, if it is a list of options, none of them twice."""
        one = Choice(self.key, self.name, self.label, self.help, self.labels, None)
        found = [one.check(each) for each in (value if isinstance(value, list) else [value])]
        if len(set(found)) < len(found):
            raise ValueError(f"an {self.label.lower()} is in the file twice")
        return found

    def text(self, value: Sequence[str]) -> list[str]:
        """The labels of the options."""
        return [self.labels[option] for option in value]


@dataclass(frozen=True)
class Switch:
    """Something that is on or off."""

    key: str
    name: str
    label: str
    help: str
    default: bool = False
    labels: Mapping[Any, str] = field(default_factory=dict, init=False)

    def draw(self, **rest: Any) -> bool:
        """Whether it is on. `rest` goes to st.toggle."""
        return st.toggle(self.label, value=self.default, key=self.key, help=self.help, **KEPT, **rest)

    def check(self, value: object) -> bool:
        """`value`, if it is true or false."""
        if not isinstance(value, bool):
            raise ValueError(f"{self.name} must be true or false, received {received(value)}")
        return value

    def text(self, value: bool) -> str:
        """As JSON writes it."""
        return json_word(value)


def entries(settings: Iterable[Setting], values: Mapping[str, object]) -> Entries:
    """What the widgets of `settings` hold for the fields `values`; ValueError if one of these cannot be had."""
    return {setting.key: setting.check(values[setting.name]) for setting in settings if setting.name in values}


def address(settings: Iterable[Setting], values: Mapping[str, object]) -> dict[str, str | list[str]]:
    """The parameters of a link to a page whose `settings` shall have these `values`."""
    held = entries(settings, values)
    return {setting.key: setting.text(held[setting.key]) for setting in settings if setting.key in held}


def received(value: object) -> str:
    """A value from a file for a message, which repeats only what is short and harmless."""
    if isinstance(value, bool) or value is None:
        return json_word(value)
    if isinstance(value, int | float):
        return f"{value:.17g}"
    if isinstance(value, str):
        return f"‘{word(value)}’"
    return "a list" if isinstance(value, list) else "an object"


def json_word(value: object) -> str:
    """True, false and null as JSON writes them; other words as they are."""
    return {True: "true", False: "false", None: "null"}[value] if isinstance(value, bool | None) else str(value)


def word(text: str) -> str:
    """The beginning of a word from a file, without characters that Markdown gives a meaning."""
    shown = "".join(each if each.isalnum() or each in "_ -" else "·" for each in text[:LONGEST_WORD])
    return shown if len(text) <= LONGEST_WORD else f"{shown}…"
