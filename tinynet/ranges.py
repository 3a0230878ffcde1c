"""The values that a numeric setting may take: one description for the core, the command line and the pages."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Range:
    """The values that a numeric setting may take: from `low` to `high`, both included, never nan or infinity.

    `name` is the setting in the user's words, such as "learning rate". With `whole`, only integers are allowed.
    """

    name: str
    low: float
    high: float
    whole: bool = False

    def allowed(self) -> str:
        """The range in words, such as "a whole number from 1 to 64"."""
        if self.whole:
            return f"a whole number from {int(self.low)} to {int(self.high)}"
        return f"a number from {self.low:g} to {self.high:g}"

    def check(self, value: Any) -> None:
        """Raise ValueError unless `value` is an allowed number."""
        is_number = not isinstance(value, bool) and isinstance(value, int if self.whole else (int, float))
        if is_number and self.low <= value <= self.high:
            return
        # for 0, a negative number or nan, the rule behind a tiny lower limit says more than the limit
        above_zero = is_number and not self.whole and self.low > 0 and not value > 0
        allowed = "above 0" if above_zero else self.allowed()
        raise ValueError(f"{self.name} must be {allowed}, received {self._received(value)}")

    def _received(self, value: object) -> str:
        """The refused value with all its digits, because a rounded one might look allowed."""
        if not isinstance(value, int | float):
            return repr(value)
        return str(value) if self.whole else str(value).removesuffix(".0")

    def narrowed(self, high: float) -> "Range":
        """The same setting with a tighter upper limit, such as that of a page."""
        return replace(self, high=high)


def check_option(name: str, value: object, options: Collection[str]) -> None:
    """Raise ValueError unless `value` is one of `options`; `name` is the setting in the user's words."""
    if value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)}, received {value!r}")


def bounded(default: float, allowed: Range) -> Any:
    """A dataclass field with a default and a range, for `check_all` and `range_of`."""
    return field(default=default, metadata={"range": allowed})


def range_of(config: type, name: str) -> Range:
    """The range of the field `name` of a dataclass. Raises KeyError if it has none."""
    return _ranges(config)[name]


def check_all(config: Any) -> None:
    """Raise ValueError if a field of a dataclass instance is outside its range."""
    for name, allowed in _ranges(config.__class__).items():
        allowed.check(getattr(config, name))


@lru_cache(maxsize=16)
def _ranges(config: Any) -> dict[str, Range]:
    """The fields of a dataclass that have a range. Cached, because a sweep makes a config for every run."""
    return {each.name: each.metadata["range"] for each in fields(config) if "range" in each.metadata}
