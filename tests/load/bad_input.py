"""Bad input for every entrance of the app, as Hypothesis draws it."""

import io
import json
import math
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from functools import cache
from typing import Any

from hypothesis import strategies as some
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.ui.decision_regions.charts import PICKED
from tests.load.entrances import PARAMETERS
from tests.load.viewer import Widget, state_of
from tinynet.__main__ import main
from tinynet.regions import CELLS

Draw = Callable[[some.SearchStrategy[Any]], Any]
BIG = 10_000_000
"""Characters of a string that is too large for any setting."""
LONG = 4_000_000
"""The same for a widget: three widgets with two such strings each stay below the 25 MB of a message."""

NUMBERS = (
    *(math.nan, math.inf, -math.inf, -0.0, 0.0, 0.5, -0.5, 1e308, -1e308, 5e-324, -5e-324, 1e-300, 1e12, 1e13),
    *(float(2**31), float(2**53), float(2**53 - 1), float(2**63), -1.0, 1.0 + 2**-52, 1 / 3, 1e6, 0.1 + 0.2),
)
LARGE_WHOLE = (2**53, 2**63, 2**64, -(2**63), 10**19, 10**20, 10**400, -(10**400))
WORDS = (
    *("", " ", "\0", "a\0b", "\n", "\r\n", "\t", "\u202eabc", "\u200b", "שלום", "مرحبا", "e\u0301" * 40),
    *("🧠👩‍🏫🇩🇪", "𝕏"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><b>x", "**bold**"),
    *("[a](javascript:alert(1))", "$\\frac{1}{0}$", ":red[x]", ":material/home:", "`", "{}", "{0.__class__}"),
    *("%s%n", "%00", "../../etc/passwd", "'; --"),
    *("nan", "NaN", "inf", "-Infinity", "1e400", "1e308", "5e-324", "-0", "0x10", "1_0", "1,5", "١٢"),
    *("true", "None", "null", "__class__", "x" * 1000, "9" * 5000, "[" * 1000, "-" * 100),
)
numbers = some.sampled_from(NUMBERS) | some.floats()
words = some.sampled_from(WORDS) | some.text(max_size=40)
large_words = some.sampled_from((*WORDS, "x" * LONG)) | some.text(max_size=40)
json_values = some.recursive(
    numbers
    | some.sampled_from(LARGE_WHOLE)
    | some.integers()
    | words
    | some.sampled_from((None, True, False, "\ud800", "\udfff\ud800")),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(words, inner, max_size=4),
    max_leaves=8,
)
"""Values of JSON, or nearly so."""


# --- files of settings

TRAINING = {"learning_rate": 0.1, "theta": 0.005, "max_epochs": 9}
DIGITS = {"hidden_units": 16, "activation": "tanh", "learning_rate": 0.5, "iterations": 1, "full_batch": False}
FILES: dict[str, dict[str, Any]] = {
    "decision_regions": {
        "hidden": [[0.5, 0.3, -0.1], [-0.5, -0.4, 1.0]],
        "output": [1.0, -2.0, 0.5],
        "colouring": "Black and white",
        **dict.fromkeys(("lines", "contour", "signs", "changed"), True),
    },
    "training": TRAINING
    | {"page": "training", "order_seed": 2019}
    | {"starts": [{"init": init, "seed": 7, "scale": 1.0} for init in ("random", "he")]},
    "why_not_zero": {
        "section": "digits",
        "runs": [{"init": init, **DIGITS, "seed": 3, "constant": 0.5} for init in ("constant", "xavier")],
    },
    "sweep": TRAINING | {"page": "sweep", "init_seeds": [0, 100], "order_seeds": [2019, 2021], "random_range": 1.0},
    "in_the_plane": TRAINING
    | {"page": "in_the_plane", "order_seed": 2019, "hidden_units": 2, "data": "own", "rows": [[1, 1, 1], [0, -1.5, -1]]}
    | {"starts": [{"init": init, "seed": 7, "value": 0.5, "noise": 0.0} for init in ("random", "constant")]},
}
"""A file that each page can use, and that is soon trained."""


@some.composite
def files(draw: Draw) -> tuple[str, bytes]:
    """A page, and a file of settings for it with something wrong in it."""
    page = draw(some.sampled_from(list(FILES)))
    spoil = draw(some.sampled_from((*(_edited,) * 7, _twice, _garbled, _binary, _large)))
    return page, spoil(draw, page)


def places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Each value inside a JSON value, as what holds it and where."""
    for place, inner in content.items() if isinstance(content, dict) else enumerate(content):
        yield content, place
        if isinstance(inner, dict | list):
            yield from places(inner)


def _edited(draw: Draw, page: str) -> bytes:
    content = json.loads(json.dumps(FILES[page]))
    for _ in range(draw(some.integers(1, 3))):
        left = list(places(content))
        if not left:  # all of it was removed
            break
        holder, place = draw(some.sampled_from(left))
        way = draw(some.sampled_from(("other", "other", "added", "removed")))
        if way == "added" and isinstance(holder, dict):
            place = draw(words | some.sampled_from(("page", "hidden", "section", "init")))
        if way == "removed":
            del holder[place]
        else:
            holder[place] = draw(json_values)
    return json.dumps(content).encode()


def _twice(draw: Draw, page: str) -> bytes:
    text, name = json.dumps(FILES[page]), draw(some.sampled_from(list(FILES[page])))
    return text.replace(f'"{name}": ', f'"{name}": {json.dumps(draw(json_values))}, "{name}": ', 1).encode()


def _garbled(draw: Draw, page: str) -> bytes:
    text = bytearray(json.dumps(FILES[page]).encode())
    for place, byte in draw(
        some.dictionaries(some.integers(0, len(text) - 1), some.integers(0, 255), max_size=5)
    ).items():
        text[place] = byte
    return bytes(text[: draw(some.integers(0, len(text)) | some.just(len(text)))])


def _binary(draw: Draw, _: str) -> bytes:
    start = draw(some.sampled_from((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"\x1f\x8b")))
    return bytes(start + draw(some.binary(max_size=1000)))


def _large(draw: Draw, page: str) -> bytes:
    levels = draw(some.integers(2, 30_000))
    opening, closing = draw(some.sampled_from((("[", "]"), ('{"a":', "}"), ('[{"moved":', "}]"))))
    deep = opening * levels + draw(some.sampled_from(("", "1" + closing * levels)))
    wide = ({**FILES[page], "page": "x" * BIG}, {**FILES[page], "runs": [1.5] * 20_000})
    return str(draw(some.sampled_from((deep, deep, *map(json.dumps, wide))))).encode()


# --- the command line

COMMANDS: dict[str, tuple[str, ...]] = {
    "train": ("--max-epochs", "2"),
    "sweep": ("--init-seeds", "0:2", "--max-epochs", "2"),
    "regions": (),
    "symmetry": ("--max-epochs", "2"),
    "digits": ("--iterations", "1", "--hidden-units", "4"),
    "plane": ("--max-epochs", "2"),
}
"""The commands that take numbers, and with what they are soon done."""
ARGUMENTS = (
    *(word for word in WORDS if "\0" not in word),  # no system passes on the character nought
    *("-1", "0", "1.5", "1e5", "99999999999999999999", "-inf", "0:0", "5:1", ":", "1:2:3", "-1:2", "a:b", "0:1e3"),
    *("0:99999999999999999999", "[]", "[[]]", "[[NaN, 1, 2], [1, 2, 3]]", "[[1e999, 1, 2], [1, 2, 3]]", "[1, 2"),
    *('{"a": 1}', "[[1, 2, 3], [4, 5, 6]]", '["a", "b", "c"]', "[1, 2, 3]", "[" * 20_000, f"[{10**400}, 1, 2]"),
    *("--", "-h", "--format", "csv", "json", "zeros"),
)
OF_WORKERS = ("0", "-1", "1.5", "abc", "nan", "")
"""What --jobs and --dask get: each job that it could have would be a process, each address a search for a cluster."""


@cache
def options(command: str) -> list[str]:
    """The options that the help of a command names, and one that it does not have."""
    with redirect_stdout(io.StringIO()) as out, suppress(SystemExit):
        main([command, "--help"])
    return ["--nosuch", *dict.fromkeys(re.findall(r"--[a-z-]+", out.getvalue()))]


@some.composite
def commands(draw: Draw) -> list[str]:
    """What somebody could type after `python -m tinynet`."""
    command = draw(some.sampled_from((*COMMANDS, "")))
    if not command:
        return list(draw(some.lists(some.sampled_from(ARGUMENTS), max_size=2)))
    arguments = [command, *COMMANDS[command]]
    for option in draw(some.lists(some.sampled_from(options(command)), min_size=1, max_size=3)):
        arguments += [option, draw(some.sampled_from(OF_WORKERS if option in ("--jobs", "--dask") else ARGUMENTS))]
    return arguments[: draw(some.sampled_from((*(len(arguments),) * 9, -1)))]


# --- links


@some.composite
def links(draw: Draw) -> tuple[str, str]:
    """A page and a query for it, below the limits of Streamlit: 1000 parameters, 512 Ki characters."""
    page = draw(some.sampled_from(list(PARAMETERS)))
    odd = ("&" * 900, "=", "%", "%ZZ=%ZZ", "a=%ff%fe", "%00=%00", "&".join(["seed=1"] * 900), "?", "#", "a;b;c")
    own = [parameter.key for parameter in PARAMETERS[page]]
    others = [parameter.key for parameters in PARAMETERS.values() for parameter in parameters]
    names = some.sampled_from(own) | some.sampled_from((*others, "present", *WORDS))
    values = numbers.map(repr) | words | some.sampled_from(("y" * 10_000, "y" * 400_000))
    pairs = draw(some.lists(some.tuples(names, values), min_size=1, max_size=30))
    pairs *= draw(some.sampled_from((1, 1, 1, 2, 30)))
    query = urllib.parse.urlencode(pairs)[: 500 * 1024]
    return page, draw(some.sampled_from((*(query,) * 9, draw(some.sampled_from(odd)))))


# --- what widgets send

CHARTS = {"regions": (PICKED, "x1", "x2"), "strips": ("cell", "order_seed", "init_seed")}
"""The charts that can be clicked: their selection and its fields."""
COMPONENTS = ("drag", "training_player", "why_not_zero_player")
"""The components that tell of where a hand, or a player, has come to rest."""
CHOICES = ("colouring",)
"""Widgets that send a word, and nothing before they are used."""


def kind_of(key: str, widget: Widget) -> str:
    """What a widget sends, by the field of the protocol; nothing for what cannot be given a value, as a button."""
    if widget.state is not None:
        return widget.state.WhichOneof("value") or ""
    if key in COMPONENTS:
        return "json_value"
    return "string_value" if key in CHOICES or key in CHARTS else ""


DEEP = "[" * 200 + "]" * 200


@some.composite
def selections(draw: Draw, name: str, *fields: str) -> str:
    """What a click on a chart could be said to have picked. What is no selection at all Streamlit would not pass on."""
    row = draw(some.fixed_dictionaries({}, optional=dict.fromkeys(fields, json_values)))
    rows = [row | draw(some.dictionaries(words, json_values, max_size=1))] * draw(some.sampled_from((1, 1, 2, 100)))
    picked = json.dumps(draw(some.just(rows) | some.lists(json_values, max_size=2) | json_values))
    inner = draw(
        some.sampled_from((*(f'"{name}": {picked}',) * 7, "", f'"{name}": {DEEP}', f'"{name}": [], "{name}": 1'))
    )
    return f'{{"selection": {{{inner}}}}}'


@some.composite
def messages(draw: Draw) -> str:
    """What a component could be said to have sent when it came to rest."""
    parts = dict.fromkeys(("value", "number", "epoch", "subject"), json_values)
    names = some.sampled_from(CELLS) | json_values
    rested = json.dumps(draw(some.fixed_dictionaries({}, optional={**parts, "name": names}) | json_values))
    inner = (f'"rested": {rested}', f'"speed": {rested}', "", f'"rested": {DEEP}', f'"rested": 1, "rested": {rested}')
    return f"{{{draw(some.sampled_from((*inner[:1] * 7, *inner)))}}}"


SENT: dict[str, some.SearchStrategy[Any]] = {
    "double_value": numbers,
    "string_value": large_words,
    "bool_value": some.booleans(),
    "string_array_value": some.lists(large_words, max_size=2)
    | some.just(list(WORDS))
    | words.map(lambda one: [one[:100]] * 10_000),
    "double_array_value": some.lists(numbers, max_size=2) | numbers.map(lambda one: [one] * 10_000),
    "json_value": messages(),
    **{key: selections(*chart) for key, chart in CHARTS.items()},
}
"""What widgets of each kind send, and each chart."""
one_use = some.tuples(some.integers(0, 10_000), some.booleans(), some.fixed_dictionaries(SENT))
uses = some.lists(one_use, min_size=1, max_size=3)
"""Of some widgets at once: which of those that are there, whether what is chosen stays, and what each kind sends."""


def states(widgets: Mapping[str, Widget], drawn: Sequence[tuple[int, bool, dict[str, Any]]]) -> dict[str, WidgetState]:
    """What is sent in these uses; one of them in three is of a widget that sends JSON, if there is one."""
    able = sorted(key for key, widget in widgets.items() if kind_of(key, widget))
    of_json = [key for key in able if key in CHARTS or key in COMPONENTS]
    sent = {}
    for place, stays, values in drawn if able else ():
        key = (of_json or able)[place % len(of_json or able)] if place % 3 == 0 else able[place % len(able)]
        kind, state = kind_of(key, widgets[key]), widgets[key].state
        value = values[key if key in CHARTS else kind]
        if kind == "string_array_value" and stays and state:
            value = [*state.string_array_value.data, *value]
        sent[key] = state_of(widgets[key].id, **{kind: value})
    return sent
