"""Bad input at every entrance of the app: `python -m tests.load.fuzz`; `--help` says what can be chosen.

Hypothesis draws the cases from `bad_input`; the same seed draws the same again. It prints the report of docs/fuzz.md,
and ends with 1 if a case failed.
"""

import argparse
import asyncio
import io
import json
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse
import urllib.request
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
from hypothesis import strategies as some
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from pages.ui.files import parse
from tests.browser.app_server import ROOT, AppServer, complaints, running_app
from tests.load import bad_input
from tests.load.bad_input import BIG, FILES
from tests.load.entrances import PARAMETERS, RESTORED
from tests.load.server import resident_megabytes
from tests.load.viewer import LostError, Viewer, join
from tinynet.__main__ import main

LIMIT_SECONDS = 2.0
"""A later answer to bad input is a fault."""
TRAINING_SECONDS = 20.0
"""The same for a page that trains for seconds with its defaults, which take the place of what is refused: the last
message of an answer comes after that."""
TRAINING_PAGES = ("why_not_zero", "sweep")
LOST_SECONDS = 60.0
"""A session that has not answered by then is given up."""
PROCESS_SECONDS = 60.0
LONGEST_SENTENCE = 300
SHARES = {"widget": 0.29, "link": 0.035, "upload": 0.01, "file": 0.42, "command": 0.24, "process": 0.005}
"""How many of the cases go through each entrance."""
SESSION = 60
"""For so many cases a session lasts."""
URLS = {page: "" if page == "decision_regions" else page for page in PARAMETERS}
"""The address of each page."""
VISITS = (
    ("decision_regions", ""),
    ("training", ""),
    ("training", "microscope=true&look_quiz=true"),
    ("why_not_zero", "digits_init=constant&digits_iterations=1"),
    ("why_not_zero", "section=1+Equal+units&derivation=true"),
    ("why_not_zero", "section=4+Symmetry%2C+not+zero"),
    ("sweep", "inits=100&orders=2&sweep_epochs=20"),
    ("in_the_plane", "plane_epochs=20"),
)
"""Where sessions begin: between them these show every widget, and train little."""

Answer = TypeVar("Answer")
Fault = str
"""What went wrong, or nothing."""


@dataclass(frozen=True)
class Outcome:
    """What became of a case."""

    entrance: str
    what: str
    seconds: float
    fault: Fault = ""
    limit: float = LIMIT_SECONDS

    @property
    def failure(self) -> Fault:
        """What went wrong, or that the answer came too late."""
        return self.fault or (f"the answer took {self.seconds:.1f} s" if self.seconds > self.limit else "")


def names_of(page: str) -> set[str]:
    """The parameters of a page."""
    return {parameter.key for parameter in PARAMETERS[page]}


def shown(value: object, longest: int = 100) -> str:
    """A value on one line, in characters of any terminal; what is cut off is counted."""
    text = ascii(value)
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def each(cases: some.SearchStrategy[Any], count: int, seed: int, attempt: Callable[[Any], object]) -> None:
    """Try so many cases. They are only drawn: what fails is noted, and not looked for again."""
    if not count:  # Hypothesis draws one at least
        return

    @hypothesis.settings(
        max_examples=count,
        derandomize=False,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.seed(seed)
    @hypothesis.given(cases)
    def try_all(case: Any) -> None:
        attempt(case)

    try_all()


# --- in this process


def try_file(case: tuple[str, bytes]) -> Outcome:
    """Have a file read."""
    page, text = case
    start = time.perf_counter()
    fault = fault_of_parse(text, page)
    seconds = time.perf_counter() - start
    return Outcome("file", f"{page}: {shown(text)}", seconds, fault)


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


def try_command(arguments: list[str]) -> Outcome:
    """Have a command run in this process."""
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
    fault = fault or fault_of_command(status, complained.getvalue())
    return Outcome("command", shown(arguments, 300), seconds, fault)


def try_process(arguments: list[str]) -> Outcome:
    """Have a command run in a process of its own; a start and the import of numpy take their time."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tinynet", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=PROCESS_SECONDS)
    fault = fault_of_command(ended.returncode, ended.stderr.decode(errors="replace"))
    return Outcome("process", shown(arguments, 300), time.perf_counter() - start, fault, PROCESS_SECONDS)


def fault_of_command(status: int, complained: str) -> Fault:
    """Nothing if a command did its work and kept quiet, or refused it in one line after its usage."""
    lines = complained.splitlines()
    if "Traceback" in complained or status not in (0, 2) or (status == 0 and lines):
        return f"ended with {status}: {shown(lines[-1:])}"
    if status == 2 and sum("error: " in line for line in lines) != 1:
        return f"refused without a reason: {shown(complained)}"
    return ""


# --- over the websocket


@dataclass
class Sessions:
    """The sessions of a running app, in an event loop that goes on while one waits for an answer."""

    server: AppServer
    runner: asyncio.Runner
    outcomes: list[Outcome] = field(default_factory=list)

    @contextmanager
    def joined(self) -> Iterator[Viewer]:
        """A new session."""
        session = join(self.server.url)
        yield self.runner.run(_done(session.__aenter__()))
        with suppress(KeyError):  # a viewer that does not know a message any more gave no answer, and that is noted
            self.runner.run(_done(session.__aexit__(None, None, None)))

    def try_widgets(self, visit: tuple[str, str], count: int, seed: int) -> None:
        """Send bad values to the widgets of one page, in one session as long as it is well."""
        page, query = visit
        while count > 0:
            before = len(self.outcomes)
            with self.joined() as viewer:
                if found := self.asked(viewer.open(URLS[page], query), viewer)[1]:
                    self.outcomes.append(Outcome("widget", f"open {page}?{query}", 0.0, found))
                else:
                    each(bad_input.uses, min(count, SESSION), seed, partial(self._send, viewer, page, query))
            count, seed = count - max(1, len(self.outcomes) - before), seed + 1

    def _send(self, viewer: Viewer, page: str, query: str, case: Any) -> None:
        """One case in an open session; none when it is ill or has been led to another page."""
        states = bad_input.states(viewer.widgets, case)
        if not states or not viewer.widgets.keys() & names_of(page):
            return
        fragments = {viewer.widgets[key].fragment for key in states}
        what = ", ".join(f"{key}={shown(_value(state))}" for key, state in states.items())
        asking = viewer.ask(fragments.pop() if len(fragments) == 1 else "", *states.values())
        seconds, fault = self.asked(asking, viewer)
        self.outcomes.append(Outcome("widget", f"{page}?{query}: {what}", seconds, fault, limit_of(page)))
        if fault:
            viewer.widgets.clear()

    def try_link(self, case: tuple[str, str]) -> None:
        """Open a page by a bad link, in a session of its own."""
        page, query = case
        with self.joined() as viewer:
            seconds, fault = self.asked(viewer.open(URLS[page], query), viewer)
        self.outcomes.append(Outcome("link", f"{page}?{shown(query, 160)}", seconds, fault, limit_of(page)))

    def try_upload(self, case: tuple[str, bytes]) -> None:
        """Give a bad file to the uploader of a page, and then a good one."""
        page, content = case
        good = json.dumps(FILES[page]).encode()
        with self.joined() as viewer:
            fault = self.asked(viewer.open(URLS[page], dict(VISITS)[page]), viewer)[1]
            seconds = 0.0
            for name, text in (("<b>x</b>\u202e.json", content[:BIG]), ("good.json", good)):  # the browser refuses more
                if not fault:
                    giving = give(self.server, viewer, page, name, text)
                    seconds, fault = self.asked(giving, viewer)
        self.outcomes.append(Outcome("upload", f"{page}: {shown(content)}", seconds, fault, limit_of(page)))

    def new_viewer(self) -> Fault:
        """Have somebody new open every page."""
        for page, query in VISITS:
            with self.joined() as viewer:
                fault = self.asked(viewer.open(URLS[page], query), viewer)[1]
            if fault or not viewer.widgets.keys() & names_of(page):
                return f"{page}: {fault or 'no widget is drawn'}"
        return ""

    def asked(self, asking: Coroutine[Any, Any, object], viewer: Viewer) -> tuple[float, Fault]:
        """Wait for an answer: the seconds that it took, and what was wrong with it."""
        viewer.exceptions.clear()
        start = time.perf_counter()
        try:
            self.runner.run(_done(asking))
        except (TimeoutError, LostError, ConnectionClosed) as error:
            return time.perf_counter() - start, f"no answer ({type(error).__name__}) {complaint(self.server)}"
        seconds = time.perf_counter() - start
        return seconds, complaint(self.server) or "; ".join(viewer.exceptions)


async def _done(asking: Awaitable[Answer], seconds: float = LOST_SECONDS) -> Answer:
    async with asyncio.timeout(seconds):
        return await asking


def _value(state: WidgetState) -> object:
    value = getattr(state, state.WhichOneof("value") or "id")
    return list(value.data) if hasattr(value, "data") else value


def limit_of(page: str) -> float:
    """Seconds after which an answer of this page is late."""
    return TRAINING_SECONDS if page in TRAINING_PAGES else LIMIT_SECONDS


def complaint(server: AppServer) -> Fault:
    """What the server has complained of since the last look: its first line, its last, and the last of ours between."""
    log = server.read_log()
    found = complaints(log)
    ours = [line.strip() for line in log.splitlines() if f'"{ROOT}/' in line and ".venv" not in line]
    return " … ".join(shown(line, 200) for line in dict.fromkeys((found[0], *ours[-1:], found[-1]))) if found else ""


async def give(server: AppServer, viewer: Viewer, page: str, name: str, content: bytes) -> None:
    """Upload a file as a browser does: ask where to put it, put it there, and tell the page."""
    answers: asyncio.Queue[ForwardMsg] = asyncio.Queue()
    setattr(viewer, "_file_urls_response", answers.put_nowait)  # noqa: B010  # where a viewer looks for what to do
    message = BackMsg()
    message.file_urls_request.request_id = "one"
    message.file_urls_request.file_names.append(name)
    await viewer.connection.send(message.SerializeToString())
    place: FileURLs = (await answers.get()).file_urls_response.file_urls[0]
    await asyncio.to_thread(put, server.url, place, name, content)
    widget = viewer.widgets[f"upload_{page}"]
    state = WidgetState(id=widget.id)
    state.file_uploader_state_value.uploaded_file_info.add(
        name=name, size=len(content), file_id=place.file_id, file_urls=place
    )
    await viewer.ask(widget.fragment, state)


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


@dataclass(frozen=True)
class Run:
    """What became of all cases."""

    outcomes: list[Outcome]
    memory: list[float]
    """Megabytes of the server: when every page had been opened, after each page's widgets, and at the end."""
    after: Fault
    """Why a new viewer does not get the pages any more."""
    seconds: float


def run(server: AppServer, seed: int, counts: Mapping[str, int]) -> Run:
    """Try so many cases of each entrance."""
    start = time.perf_counter()
    with asyncio.Runner() as runner:
        sessions = Sessions(server, runner)
        sessions.new_viewer()
        memory = [resident_megabytes(server.pid)]
        for place, visit in enumerate(VISITS):
            share = range(place, counts.get("widget", 0), len(VISITS))
            sessions.try_widgets(visit, len(share), 1000 * seed + 100 * place)
            memory.append(resident_megabytes(server.pid))
        each(bad_input.links(), counts.get("link", 0), seed, sessions.try_link)
        each(bad_input.files(), counts.get("upload", 0), seed, sessions.try_upload)
        memory.append(resident_megabytes(server.pid))
        after = sessions.new_viewer()
    outcomes = sessions.outcomes
    each(bad_input.files(), counts.get("file", 0), seed, lambda case: outcomes.append(try_file(case)))
    each(bad_input.commands(), counts.get("command", 0), seed, lambda case: outcomes.append(try_command(case)))
    each(bad_input.commands(), counts.get("process", 0), seed, lambda case: outcomes.append(try_process(case)))
    return Run(outcomes, memory, after, time.perf_counter() - start)


def report(found: Run, seed: int) -> Iterator[str]:
    """The lines of the report."""
    failed = [outcome for outcome in found.outcomes if outcome.failure]
    yield f"Seed {seed}: {len(found.outcomes):,} cases in {found.seconds:.0f} s, {len(failed)} failed.\n"
    yield "| entry point | cases | failed | p50 ms | p99 ms | longest ms |"
    yield "| :------- | ----: | -----: | -----: | -----: | ---------: |"
    for entrance in SHARES:
        if seen := [outcome for outcome in found.outcomes if outcome.entrance == entrance]:
            times = sorted(1000 * outcome.seconds for outcome in seen)
            p50, p99 = (times[int(share * len(times))] for share in (0.5, 0.99))
            wrong = sum(bool(outcome.failure) for outcome in seen)
            yield f"| {entrance} | {len(seen):,} | {wrong} | {p50:.0f} | {p99:.0f} | {times[-1]:.0f} |"
    yield f"\nThe server's memory: {', '.join(f'{megabytes:.0f}' for megabytes in found.memory)} MB."
    yield f"A new viewer afterwards: {found.after or 'every page opens'}.\n\nThe slowest answers:\n"
    for outcome in sorted(found.outcomes, key=lambda outcome: -outcome.seconds)[:5]:
        yield f"- {outcome.seconds:.2f} s: {outcome.entrance}, `{outcome.what}`"
    if failed:
        yield "\nFailed:\n"
    yield from (f"- {outcome.entrance}, `{outcome.what}`: {outcome.failure}" for outcome in failed)


def fuzz() -> int:
    """Print the report; 1 if a case failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.fuzz", description="Bad input at every entrance.")
    parser.add_argument("--cases", type=int, default=10_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="draws them")
    parser.add_argument("--entry", choices=SHARES, help="one entry point alone gets its cases, with the server's log")
    given = parser.parse_args()
    counts = {entrance: round(share * given.cases) for entrance, share in SHARES.items()}
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder) / "log.txt") as server:
        found = run(server, given.seed, {given.entry: counts[given.entry]} if given.entry else counts)
        log = server.log.read_text(encoding="utf-8", errors="replace")
    print("\n".join(report(found, given.seed)))
    if given.entry:
        print(f"\nThe server's log:\n\n{log}")
    return 1 if found.after or any(outcome.failure for outcome in found.outcomes) else 0


if __name__ == "__main__":
    sys.exit(fuzz())
