"""Bad input at every entrance of the app: `python -m tests.load.fuzz`; `--help` says what can be chosen.

The cases are numbered. A case follows from the seed and its number, and one that is sent to a session from those before
it in the same session as well: `--only` repeats these first. It prints the report of docs/fuzz.md, and ends with 1 if a
case failed.
"""

import argparse
import asyncio
import io
import json
import math
import random
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse
import urllib.request
import warnings
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from pages.ui.decision_regions.charts import PICKED
from pages.ui.files import parse
from tests.browser.app_server import ROOT, AppServer, complaints, running_app
from tests.load.entrances import PARAMETERS, RESTORED
from tests.load.server import resident_megabytes
from tests.load.viewer import LostError, Viewer, Widget, join, state_of
from tinynet.__main__ import _parser, main
from tinynet.regions import CELLS

LIMIT_SECONDS = 2.0
"""A later answer to bad input is a fault."""
TRAINING_SECONDS = 20.0
"""The same for a page that trains for seconds with its defaults, which take the place of what is refused: the last
message of an answer comes after that."""
TRAINING_PAGES = ("why_not_zero", "sweep")
LOST_SECONDS = 30.0
"""A session that has not answered by then is given up."""
LONGEST_SENTENCE = 300
BIG = 10_000_000
"""Characters of a string that is too large for any setting."""
LONG = 100
"""Characters of a string that is not sent many times at once: a message has a largest size."""
SHARES = {"file": 84, "command": 48, "widget": 58, "link": 7, "upload": 2, "process": 1}
"""How many of a block of cases go through each entrance; a session lasts for the widgets of one block."""
BLOCK = sum(SHARES.values())


def names_of(page: str) -> set[str]:
    """The parameters of a page."""
    return {parameter.key for parameter in PARAMETERS[page]}


URLS = {"decision_regions": "", "training": "training", "why_not_zero": "why_not_zero", "sweep": "sweep"}
"""The address of each page."""
VISITS = (
    ("decision_regions", ""),
    ("training", ""),
    ("training", "microscope=true&look_quiz=true"),
    ("why_not_zero", "digits_init=constant&digits_iterations=1"),
    ("why_not_zero", "section=1+Equal+units&derivation=true"),
    ("why_not_zero", "section=4+Symmetry%2C+not+zero"),
    ("sweep", "inits=100&orders=2&sweep_epochs=20"),
)
"""Where sessions begin: between them these show every widget, and train little."""

NUMBERS = (
    *(math.nan, math.inf, -math.inf, -0.0, 0.0, 0.5, -0.5, 1e308, -1e308, 5e-324, -5e-324, 1e-300, 1e12, 1e13),
    *(float(2**31), float(2**53), float(2**53 - 1), float(2**63), -1.0, 1.0 + 2**-52, 1 / 3, 1e6, 0.1 + 0.2),
)
LARGE_WHOLE = (2**53, 2**63, 2**64, -(2**63), 10**19, 10**20, 10**400, -(10**400))
WORDS = (
    *("", " ", "\0", "a\0b", "\n", "\r\n", "\t", "\u202eabc", "\u200b", "שלום", "مرحبا", "e\u0301" * 40),
    *("🧠👩‍🏫🇩🇪", "𝕏"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><b>x", "**bold**"),
    *("[a](javascript:alert(1))",),
    *("$\\frac{1}{0}$", ":red[x]", ":material/home:", "`", "{}", "{0.__class__}", "%s%n", "%00"),
    *("../../etc/passwd", "'; --"),
    *("nan", "NaN", "inf", "-Infinity", "1e400", "1e308", "5e-324", "-0", "0x10", "1_0", "1,5", "١٢"),
    *("true", "None", "null"),
    *("__class__", "x" * 1000, "9" * 5000, "[" * 1000, "-" * 100),
)

Fault = str
"""What went wrong, or nothing."""


@dataclass(frozen=True)
class Outcome:
    """What became of a case."""

    number: int
    entrance: str
    what: str
    seconds: float
    fault: Fault = ""


def chance_of(seed: int, number: int) -> random.Random:
    """All that is drawn for a case."""
    return random.Random(f"{seed} {number}")


def entrance_of(number: int) -> str:
    """Where a case, counted from 0, is sent to."""
    place = number % BLOCK
    for entrance, share in SHARES.items():
        if place < share:
            return entrance
        place -= share
    raise AssertionError(place)


def shown(value: object, longest: int = 100) -> str:
    """A value on one line, in characters of any terminal; what is cut off is counted."""
    text = ascii(value)
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def word(chance: random.Random) -> str:
    """A string that no setting means."""
    return "x" * BIG if chance.random() < 0.01 else chance.choice(WORDS)


def bad_json(chance: random.Random, depth: int = 0) -> Any:
    """A value of JSON, or nearly so."""
    kind = chance.randrange(8 if depth < 3 else 5)
    if kind < 5:
        return (
            chance.choice(NUMBERS),
            chance.choice(LARGE_WHOLE),
            chance.choice(WORDS) if depth else word(chance),
            chance.choice((None, True, False)),
            chance.choice(("\ud800", "\udfff\ud800", *WORDS)),
        )[kind]
    items = [bad_json(chance, depth + 1) for _ in range(chance.choice((0, 1, 2, 3, 30)))]
    return items if kind == 5 else {chance.choice(WORDS): item for item in items}


def nested(chance: random.Random, deepest: int) -> str:
    """JSON of many levels, whole or cut off."""
    levels = chance.randrange(2, deepest)
    opening, closing = chance.choice((("[", "]"), ('{"a":', "}"), ('[{"moved":', "}]")))
    return opening * levels + chance.choice(("1" + closing * levels, ""))


# --- files of settings, read in this process

FILES: dict[str, dict[str, Any]] = {
    "decision_regions": {
        "hidden": [[0.5, 0.3, -0.1], [-0.5, -0.4, 1.0]],
        "output": [1.0, -2.0, 0.5],
        "colouring": "Black and white",
        "lines": True,
        "contour": False,
        "signs": True,
        "changed": False,
    },
    "training": {
        "page": "training",
        "order_seed": 2019,
        "learning_rate": 0.1,
        "theta": 0.005,
        "max_epochs": 9,
        "starts": [{"init": "random", "seed": 7, "scale": 1.0}, {"init": "same", "seed": 0, "scale": 1.0}],
    },
    "why_not_zero": {
        "section": "digits",
        "runs": [
            {
                "init": init,
                "hidden_units": 16,
                "activation": "tanh",
                "learning_rate": 0.5,
                "iterations": 1,
                "full_batch": False,
                "seed": 3,
                "constant": 0.5,
            }
            for init in ("constant", "xavier")
        ],
    },
    "sweep": {
        "page": "sweep",
        "init_seeds": [0, 100],
        "order_seeds": [2019, 2021],
        "learning_rate": 0.1,
        "theta": 0.005,
        "max_epochs": 20,
        "random_range": 1.0,
    },
}
"""A file that each page can use, and that is soon trained."""


def bad_file(chance: random.Random, page: str) -> bytes:
    """A file of settings with something wrong in it."""
    return chance.choice((*(_other_value,) * 6, _without, _added, _twice, _cut, _garbled, _bytes, _deep, _large))(
        chance, page
    )


def places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Each value inside a JSON value, as what holds it and where."""
    for place, inner in content.items() if isinstance(content, dict) else enumerate(content):
        yield content, place
        if isinstance(inner, dict | list):
            yield from places(inner)


def _other_value(chance: random.Random, page: str) -> bytes:
    content = json.loads(json.dumps(FILES[page]))
    for _ in range(chance.choice((1, 1, 2, 5))):
        holder, place = chance.choice(list(places(content)))
        holder[place] = bad_json(chance)
    return json.dumps(content, ensure_ascii=True).encode()


def _without(chance: random.Random, page: str) -> bytes:
    content = json.loads(json.dumps(FILES[page]))
    holder, place = chance.choice(list(places(content)))
    del holder[place]
    return json.dumps(content).encode()


def _added(chance: random.Random, page: str) -> bytes:
    content = json.loads(json.dumps(FILES[page]))
    holder = chance.choice([content, *(holder for holder, _ in places(content) if isinstance(holder, dict))])
    holder[chance.choice((word(chance), "page", "hidden", "section", "init"))] = bad_json(chance)
    return json.dumps(content).encode()


def _twice(chance: random.Random, page: str) -> bytes:
    text, name = json.dumps(FILES[page]), chance.choice(list(FILES[page]))
    return text.replace(f'"{name}": ', f'"{name}": {json.dumps(bad_json(chance))}, "{name}": ', 1).encode()


def _cut(chance: random.Random, page: str) -> bytes:
    text = json.dumps(FILES[page]).encode()
    return text[: chance.randrange(len(text))]


def _garbled(chance: random.Random, page: str) -> bytes:
    text = bytearray(json.dumps(FILES[page], indent=chance.choice((None, 2))).encode())
    for _ in range(chance.choice((1, 1, 2, 10))):
        text[chance.randrange(len(text))] = chance.randrange(256)
    return bytes(text)


def _bytes(chance: random.Random, _: str) -> bytes:
    start = chance.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"\x1f\x8b"))
    return start + chance.randbytes(chance.choice((0, 1, 10, 1000)))


def _deep(chance: random.Random, _: str) -> bytes:
    return nested(chance, 30_000).encode()


def _large(chance: random.Random, page: str) -> bytes:
    if chance.random() < 0.5:
        return json.dumps({**FILES[page], "page": "x" * BIG}).encode()
    return json.dumps({**FILES[page], "runs": [1.5] * 20_000}).encode()


def try_file(number: int, chance: random.Random) -> Outcome:
    """Have a file read."""
    page = chance.choice(list(FILES))
    text = bad_file(chance, page)
    start = time.perf_counter()
    fault = fault_of_parse(text, page)
    seconds = time.perf_counter() - start
    return Outcome(number, "file", f"{page}: {shown(text)}", seconds, fault or late(seconds))


def fault_of_parse(text: bytes, page: str) -> Fault:
    """Nothing if a file is taken, or refused in a sentence."""
    try:
        with warnings.catch_warnings(action="error"):
            json.dumps(parse(text, page, RESTORED[page]), allow_nan=False)
    except ValueError as error:
        return fault_of_sentence(str(error)) if type(error) is ValueError else last_line(error)
    except BaseException as error:  # of any kind: that is the fault
        return last_line(error)
    return ""


def fault_of_sentence(sentence: str) -> Fault:
    """Nothing if these words can be shown: one short line, in words, and no name of an error."""
    wrong = not sentence.isprintable() or not 10 <= len(sentence) <= LONGEST_SENTENCE or " " not in sentence
    if wrong or any(part in sentence for part in ("Error", "Exception", "object at 0x", "Traceback", "<class")):
        return f"no clear sentence: {shown(sentence)}"
    return ""


def last_line(error: BaseException) -> Fault:
    """The kind of an error, and where it was raised."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {shown(str(error))} at {Path(where.filename).name}:{where.lineno}"


def late(seconds: float) -> Fault:
    """A fault if an answer took too long."""
    return f"the answer took {seconds:.1f} s" if seconds > LIMIT_SECONDS else ""


# --- the command line, in this process and in others

COMMANDS: dict[str, tuple[str, ...]] = {
    "train": ("--max-epochs", "2"),
    "sweep": ("--init-seeds", "0:2", "--max-epochs", "2"),
    "regions": (),
    "symmetry": ("--max-epochs", "2"),
    "digits": ("--iterations", "1", "--hidden-units", "4"),
}
"""The commands that take numbers, and with what they are soon done."""
ARGUMENTS = (
    *(word for word in WORDS if "\0" not in word),  # no system passes on the character nought
    *("-1", "0", "1.5", "1e5", "99999999999999999999", "-inf", "0:0", "5:1", ":", "1:2:3", "-1:2", "a:b", "0:1e3"),
    *("0:99999999999999999999", "[]", "[[]]", "[[NaN, 1, 2], [1, 2, 3]]", "[[1e999, 1, 2], [1, 2, 3]]", "[1, 2"),
    *('{"a": 1}', "[[1, 2, 3], [4, 5, 6]]", '["a", "b", "c"]', "[1, 2, 3]", "[" * 20_000, f"[{10**400}, 1, 2]"),
    *("--", "-h", "--format", "csv", "json", "zeros"),
)
OF_JOBS = ("0", "-1", "1.5", "abc", "nan", "")
"""What --jobs gets: each job that it could have would be a process."""


def bad_arguments(chance: random.Random) -> list[str]:
    """What somebody could type after `python -m tinynet`."""
    if chance.random() < 0.05:
        return [chance.choice(ARGUMENTS) for _ in range(chance.randrange(3))]
    command = chance.choice(list(COMMANDS))
    arguments = [command, *COMMANDS[command]]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        option = chance.choice(OPTIONS[command])
        arguments += [option, chance.choice(OF_JOBS if option == "--jobs" else ARGUMENTS)]
    return arguments if chance.random() < 0.95 else arguments[:-1]


def _options(command: str) -> list[str]:
    """The options of a command, and one that it does not have."""
    commands = _parser()._subparsers
    assert commands
    parser: argparse.ArgumentParser = commands._group_actions[0].choices[command]  # type: ignore[index]
    return ["--nosuch", *(option for action in parser._actions for option in action.option_strings)]


OPTIONS = {command: _options(command) for command in COMMANDS}


def try_command(number: int, chance: random.Random) -> Outcome:
    """Have a command run in this process."""
    arguments = bad_arguments(chance)
    written, complained = io.StringIO(), io.StringIO()
    start, fault, status = time.perf_counter(), "", 0
    try:
        with redirect_stdout(written), redirect_stderr(complained), warnings.catch_warnings(action="error"):
            status = main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException as error:  # of any kind: that is the fault
        fault = last_line(error)
    seconds = time.perf_counter() - start
    fault = fault or fault_of_command(status, complained.getvalue()) or late(seconds)
    return Outcome(number, "command", shown(arguments, 300), seconds, fault)


def try_process(number: int, chance: random.Random) -> Outcome:
    """Have a command run in a process of its own; a start and the import of numpy take their time."""
    arguments = bad_arguments(chance)
    start = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", "tinynet", *arguments], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    seconds = time.perf_counter() - start
    fault = fault_of_command(ended.returncode, ended.stderr.decode(errors="replace"))
    return Outcome(number, "process", shown(arguments, 300), seconds, fault)


def fault_of_command(status: int, complained: str) -> Fault:
    """Nothing if a command did its work and kept quiet, or refused it in one line after its usage."""
    lines = complained.splitlines()
    if "Traceback" in complained or status not in (0, 2) or (status == 0 and lines):
        return f"ended with {status}: {shown(lines[-1:])}"
    if status == 2 and sum("error: " in line for line in lines) != 1:
        return f"refused without a reason: {shown(complained)}"
    return ""


# --- widgets and links, over the websocket

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


def bad_state(chance: random.Random, key: str, widget: Widget) -> WidgetState:
    """A value of the kind that the widget sends."""
    kind = kind_of(key, widget)
    value: Any
    if key in CHARTS:
        value = bad_selection(chance, *CHARTS[key])
    elif kind == "json_value":
        value = bad_message(chance)
    elif kind == "string_array_value":
        held = list(widget.state.string_array_value.data) if widget.state else []
        short = [text for text in held if len(text) < LONG]
        value = chance.choice(([], short * 2, [word(chance)], [*short, word(chance)], list(WORDS), short * 10_000))
    elif kind == "double_array_value":
        one = chance.choice(NUMBERS)
        value = chance.choice(([], [one], [one, chance.choice(NUMBERS)], list(NUMBERS), [one] * 10_000))
    else:
        kinds: dict[str, Callable[[], Any]] = {
            "double_value": lambda: chance.choice(NUMBERS),
            "string_value": lambda: word(chance),
            "bool_value": lambda: chance.random() < 0.5,
        }
        value = kinds[kind]()
    return state_of(widget.id, **{kind: value})


def bad_selection(chance: random.Random, name: str, *fields: str) -> str:
    """What a click on a chart could be said to have picked. What is no selection at all Streamlit would not pass on."""
    row = {field: bad_json(chance) for field in fields if chance.random() < 0.8}
    extra = {chance.choice(WORDS): bad_json(chance)} if chance.random() < 0.3 else {}
    many = 1000 if len(json.dumps([row, extra])) < 10 * LONG else 1
    rows = [row | extra] * chance.choice((1, 1, 1, 2, many))
    picked = chance.choice((rows, rows, rows, [bad_json(chance)], bad_json(chance)))
    if chance.random() < 0.1:
        return f'{{"selection": {{"{name}": {json.dumps(picked)}, "{name}": []}}, "selection": {{"{name}": 1}}}}'
    if chance.random() < 0.1:
        return f'{{"selection": {{"{name}": {"[" * 200}{"]" * 200}}}}}'
    return json.dumps({"selection": {name: picked} if chance.random() < 0.9 else {}})


def bad_message(chance: random.Random) -> str:
    """What a component could be said to have sent when it came to rest."""
    parts = {name: bad_json(chance) for name in ("value", "number", "epoch", "subject") if chance.random() < 0.8}
    if chance.random() < 0.8:
        parts["name"] = chance.choice((*CELLS, bad_json(chance)))
    if chance.random() < 0.1:
        first = f'{{"value": {"[" * 200}{"]" * 200}, "number": 1, "number": {{}}}}'
        return f'{{"rested": {first}, "rested": {json.dumps(parts)}}}'
    rested = chance.choice((parts, parts, parts, bad_json(chance)))
    return json.dumps(chance.choice(({"rested": rested}, {"rested": rested}, {}, {"speed": rested})))


async def try_widgets(server: AppServer, seed: int, numbers: Sequence[int]) -> list[Outcome]:
    """Send bad values to the widgets of one page, in one session as long as it is well."""
    page, query = VISITS[numbers[0] // BLOCK % len(VISITS)]
    rest, outcomes = list(numbers), []
    while rest:
        async with join(server.url) as viewer:
            found = await opened(server, viewer, URLS[page], query)
            if found:
                outcomes.append(Outcome(rest.pop(0), "widget", f"open {page}?{query}", 0.0, found))
            while rest and not found:
                number = rest.pop(0)
                what, states, fragment = bad_states(viewer, chance_of(seed, number))
                seconds, found = await asked(server, viewer, viewer.ask(fragment, *states), limit_of(page))
                outcomes.append(Outcome(number, "widget", f"{page}?{query}: {what}", seconds, found))
                if not viewer.widgets.keys() & names_of(page):
                    break  # a click has led to another page
    return outcomes


def bad_states(viewer: Viewer, chance: random.Random) -> tuple[str, list[WidgetState], str]:
    """In words, the values for some widgets at once, and the fragment that shall run."""
    keys = sorted(key for key, widget in viewer.widgets.items() if kind_of(key, widget))
    chosen = chance.sample(keys, chance.choice((1, 1, 1, 2, 4)))
    if chance.random() < 0.2:  # what sends JSON can be sent more that is wrong
        chosen = [key for key in keys if key in CHARTS or key in COMPONENTS] or chosen
    states = {key: bad_state(chance, key, viewer.widgets[key]) for key in chosen}
    if chance.random() < 0.05:
        states["nosuch"] = state_of(f"$$ID-{chance.choice(WORDS)}-nosuch", string_value=word(chance))
    fragments = {viewer.widgets[key].fragment for key in chosen}
    what = ", ".join(f"{key}={shown(_value(state))}" for key, state in states.items())
    return what, list(states.values()), fragments.pop() if len(fragments) == 1 else ""


def _value(state: WidgetState) -> object:
    value = getattr(state, state.WhichOneof("value") or "id")
    return list(value.data) if hasattr(value, "data") else value


async def try_link(server: AppServer, number: int, chance: random.Random) -> Outcome:
    """Open a page by a bad link, in a session of its own."""
    page = chance.choice(list(PARAMETERS))
    query = bad_query(chance, page)
    async with join(server.url) as viewer:
        seconds, fault = await asked(server, viewer, viewer.open(URLS[page], query), limit_of(page))
    return Outcome(number, "link", f"{page}?{shown(query, 160)}", seconds, fault)


def bad_query(chance: random.Random, page: str) -> str:
    """Parameters of a page with bad values, below the limits of Streamlit: 1000 parameters, 512 Ki characters."""
    if chance.random() < 0.1:
        return chance.choice(
            ("&" * 900, "=", "%", "%ZZ=%ZZ", "a=%ff%fe", "%00=%00", "&".join(["seed=1"] * 900), "?", "#", "a;b;c")
        )
    names = sorted(names_of(page))
    others = [name for other in PARAMETERS for name in names_of(other)]
    drawn = chance.choices((*names * 3, *others, "present", *WORDS), k=chance.choice((1, 2, 3, 10, 30, 300)))
    pairs = [(name, text(chance)) for name in drawn]
    pairs += [pair for pair in urllib.parse.parse_qsl(dict(VISITS)[page]) if pair[0] not in drawn]
    if chance.random() < 0.2:
        pairs += [(name, text(chance)) for name, _ in pairs]
    return urllib.parse.urlencode(pairs)[: 500 * 1024]


def text(chance: random.Random) -> str:
    """The value of a parameter."""
    number = chance.choice((*map(repr, NUMBERS), *map(str, LARGE_WHOLE[:6])))
    return chance.choice((number, number, chance.choice(WORDS), "y" * chance.choice((100, 10_000, 400_000))))


def limit_of(page: str) -> float:
    """Seconds after which an answer of this page is late."""
    return TRAINING_SECONDS if page in TRAINING_PAGES else LIMIT_SECONDS


async def opened(server: AppServer, viewer: Viewer, url: str, query: str = "") -> Fault:
    """Open a page; a new session may find the server at its first look at a page."""
    _, fault = await asked(server, viewer, viewer.open(url, query), LOST_SECONDS)
    return fault


async def asked(server: AppServer, viewer: Viewer, asking: Any, limit: float = LIMIT_SECONDS) -> tuple[float, Fault]:
    """Wait for an answer: the seconds that it took, and what was wrong with it."""
    viewer.exceptions.clear()
    start = time.perf_counter()
    try:
        async with asyncio.timeout(LOST_SECONDS):
            await asking
    except (TimeoutError, LostError, ConnectionClosed) as error:
        return time.perf_counter() - start, f"no answer ({type(error).__name__}) {complaint(server)}"
    seconds = time.perf_counter() - start
    fault = complaint(server) or "; ".join(viewer.exceptions)
    return seconds, fault or (f"the answer took {seconds:.1f} s" if seconds > limit else "")


def complaint(server: AppServer) -> Fault:
    """What the server has complained of since the last look: its first line, its last, and the last of ours between."""
    log = server.read_log()
    found = complaints(log)
    ours = [
        line.strip()
        for line in log.splitlines()
        if f'"{ROOT}/' in line and "site-packages" not in line and ".venv" not in line
    ]
    return " … ".join(shown(line, 200) for line in dict.fromkeys((found[0], *ours[-1:], found[-1]))) if found else ""


# --- files that are given to a session, as a browser does it

TAKEN = "_file_urls_response"
"""Where a viewer looks for what shall be done with such an answer."""


async def try_upload(server: AppServer, number: int, chance: random.Random) -> Outcome:
    """Give a bad file to the uploader of a page, and then a good one."""
    page = chance.choice(list(FILES))
    content = bad_file(chance, page)
    name = chance.choice(("settings.json", "<b>x</b>.json", "\u202e.json", "a" * 200 + ".json", "../../x.JSON"))
    what = f"{page}: {name!a} {shown(content)}"
    async with join(server.url) as viewer:
        if fault := await opened(server, viewer, URLS[page], dict(VISITS)[page]):
            return Outcome(number, "upload", what, 0.0, fault)
        if len(content) > BIG:  # the browser refuses it
            content = content[:BIG]
        seconds, fault = await asked(server, viewer, give(server, viewer, page, name, content), limit_of(page))
        if not fault:
            good = json.dumps(FILES[page]).encode()
            _, fault = await asked(server, viewer, give(server, viewer, page, "good.json", good), limit_of(page))
    return Outcome(number, "upload", what, seconds, fault)


async def give(server: AppServer, viewer: Viewer, page: str, name: str, content: bytes) -> None:
    """Ask where to put the file, put it there, and tell the page."""
    place = await upload_place(viewer, name)
    await asyncio.to_thread(put, server.url, place, name, content)
    widget = viewer.widgets[f"upload_{page}"]
    state = WidgetState(id=widget.id)
    state.file_uploader_state_value.uploaded_file_info.add(
        name=name, size=len(content), file_id=place.file_id, file_urls=place
    )
    await viewer.ask(widget.fragment, state)


async def upload_place(viewer: Viewer, name: str) -> FileURLs:
    """Where the server wants a file."""
    answers: asyncio.Queue[ForwardMsg] = asyncio.Queue()
    setattr(viewer, TAKEN, answers.put_nowait)
    message = BackMsg()
    message.file_urls_request.request_id = "one"
    message.file_urls_request.file_names.append(name)
    await viewer.connection.send(message.SerializeToString())
    place: FileURLs = (await answers.get()).file_urls_response.file_urls[0]
    return place


def put(url: str, place: FileURLs, name: str, content: bytes) -> None:
    """Put a file there, with the token that shows that it is sent by a page of this server."""
    with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
        cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
    line = "----------fuzz"
    head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="{urllib.parse.quote(name)}"\r\n'
    body = b"".join((head.encode(), b"Content-Type: application/json\r\n\r\n", content, f"\r\n--{line}--\r\n".encode()))
    headers = {
        "Content-Type": f"multipart/form-data; boundary={line}",
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2].strip('"'),
    }
    urllib.request.urlopen(urllib.request.Request(url + place.upload_url, body, headers, method="PUT")).close()


# --- a run of all

ALONE = {"file": try_file, "command": try_command, "process": try_process}
"""What is tried without a server."""
Attempt = Callable[[AppServer, int, random.Random], Awaitable[Outcome]]
SESSIONS: dict[str, Attempt] = {"link": try_link, "upload": try_upload}
MEMORIES = 6
"""How often the server's memory is read on the way."""


@dataclass(frozen=True)
class Run:
    """What became of all cases."""

    outcomes: list[Outcome]
    memory: list[float]
    """Megabytes of the server: when every page had been opened, after each share of the sessions, and at the end."""
    after: Fault
    """Why a new viewer does not get the pages any more."""
    seconds: float


def run(server: AppServer, seed: int, numbers: Iterable[int]) -> Run:
    """Try these cases."""
    start = time.perf_counter()
    by_entrance = defaultdict(list)
    for number in numbers:
        by_entrance[entrance_of(number)].append(number)
    outcomes, memory, after = asyncio.run(_in_sessions(server, seed, by_entrance))
    for entrance, attempt in ALONE.items():
        outcomes += [attempt(number, chance_of(seed, number)) for number in by_entrance[entrance]]
    return Run(outcomes, memory, after, time.perf_counter() - start)


async def _in_sessions(
    server: AppServer, seed: int, by_entrance: dict[str, list[int]]
) -> tuple[list[Outcome], list[float], Fault]:
    await new_viewer(server)
    outcomes: list[Outcome] = []
    memory = [resident_megabytes(server.pid)]
    turns: list[Callable[[], Awaitable[list[Outcome]]]]
    turns = [partial(try_widgets, server, seed, visit) for visit in visits(by_entrance["widget"])]
    turns += [
        partial(in_own_session, attempt, server, seed, n)
        for name, attempt in SESSIONS.items()
        for n in by_entrance[name]
    ]
    for turn, attempt in enumerate(turns, 1):
        outcomes += await attempt()
        if turn % -(-len(turns) // MEMORIES) == 0:
            memory.append(resident_megabytes(server.pid))
    after = await new_viewer(server)
    return outcomes, [*memory, resident_megabytes(server.pid)], after


async def in_own_session(attempt: Attempt, server: AppServer, seed: int, number: int) -> list[Outcome]:
    """One case in a session of its own."""
    return [await attempt(server, number, chance_of(seed, number))]


def visits(numbers: Sequence[int]) -> list[list[int]]:
    """The cases of each session."""
    found = defaultdict(list)
    for number in numbers:
        found[number // BLOCK].append(number)
    return list(found.values())


async def new_viewer(server: AppServer) -> Fault:
    """Have somebody new open every page."""
    for page, query in VISITS:
        async with join(server.url) as viewer:
            fault = await opened(server, viewer, URLS[page], query)
        if fault or not viewer.widgets.keys() & names_of(page):
            return f"{page}: {fault or 'no widget is drawn'}"
    return ""


def report(found: Run, seed: int) -> Iterator[str]:
    """The lines of the report."""
    failed = [outcome for outcome in found.outcomes if outcome.fault]
    yield f"Seed {seed}: {len(found.outcomes):,} cases in {found.seconds:.0f} s, {len(failed)} failed.\n"
    yield "| entrance | cases | failed | p50 ms | p99 ms | longest ms |"
    yield "| :------- | ----: | -----: | -----: | -----: | ---------: |"
    for entrance in SHARES:
        if seen := [outcome for outcome in found.outcomes if outcome.entrance == entrance]:
            times = sorted(1000 * outcome.seconds for outcome in seen)
            p50, p99 = (times[int(share * len(times))] for share in (0.5, 0.99))
            wrong = sum(bool(outcome.fault) for outcome in seen)
            yield f"| {entrance} | {len(seen):,} | {wrong} | {p50:.0f} | {p99:.0f} | {times[-1]:.0f} |"
    yield f"\nThe server's memory: {', '.join(f'{megabytes:.0f}' for megabytes in found.memory)} MB."
    yield f"A new viewer afterwards: {found.after or 'every page opens'}.\n\nThe slowest answers:\n"
    slowest = sorted(found.outcomes, key=lambda outcome: -outcome.seconds)[:5]
    yield from (
        f"- {outcome.seconds:.2f} s: {outcome.number} ({outcome.entrance}), `{outcome.what}`" for outcome in slowest
    )
    if failed:
        yield "\nFailed:\n"
    for outcome in failed:
        yield f"- {outcome.number} ({outcome.entrance}), `{outcome.what}`: {outcome.fault}"


def numbers_of(cases: int, only: int | None) -> list[int]:
    """The cases that are tried: all, or one after those that went before it in its session."""
    if only is None:
        return list(range(cases))
    first = only // BLOCK * BLOCK if entrance_of(only) == "widget" else only
    return [number for number in range(first, only + 1) if entrance_of(number) == entrance_of(only)]


def arguments() -> argparse.Namespace:
    """What the command was given."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.fuzz", description="Bad input at every entrance.")
    parser.add_argument("--cases", type=int, default=10_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="draws them")
    parser.add_argument("--only", type=int, help="one case, by its number")
    return parser.parse_args()


def fuzz() -> int:
    """Print the report; 1 if a case failed."""
    given = arguments()
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder) / "log.txt") as server:
        found = run(server, given.seed, numbers_of(given.cases, given.only))
        log = server.log.read_text(encoding="utf-8", errors="replace")
    print("\n".join(report(found, given.seed)))
    if given.only is not None:
        print(f"\nThe server's log:\n\n{log}")
    return 1 if found.after or any(outcome.fault for outcome in found.outcomes) else 0


if __name__ == "__main__":
    sys.exit(fuzz())
