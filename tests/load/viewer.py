"""A viewer without a browser, who speaks the protocol of the app's own websocket.

It keeps what a browser keeps: the value of each widget on the page, the messages that the server need not send again,
and the timers of fragments that repeat.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PATIENCE = 240.0
"""Seconds after which an answer counts as lost."""


class LostError(Exception):
    """The server did not answer, or hung up."""


@dataclass
class Widget:
    """A widget on the page: its identifier, the fragment that holds it, its label, and its value if it has one."""

    id: str
    fragment: str
    label: str = ""
    state: WidgetState | None = None
    run: int = 0
    """The last run of this session that drew it."""
    place: tuple[int, ...] = ()
    """Where it is on the page: its place in the block that holds it comes last."""


@dataclass(frozen=True)
class End:
    """The end of a run: which of all runs of this session it was, its fragments, and whether it was not cut short."""

    number: int
    fragments: frozenset[str]
    complete: bool


def state_of(identifier: str, **values: Any) -> WidgetState:
    """The value of a widget by the name of its kind, for example `double_value=0.5`."""
    state = WidgetState(id=identifier)
    for kind, value in values.items():
        if kind.endswith("array_value"):
            getattr(state, kind).data.extend(value)
        else:
            setattr(state, kind, value)
    return state


def _key(element: Any) -> str:
    """The key of a widget, "None" if it has none."""
    return str(element.id).split("-", 2)[-1]


def _number(element: Any) -> WidgetState:
    return state_of(element.id, double_value=element.value if element.set_value else element.default)


def _slider(element: Any) -> WidgetState:
    places = element.value if element.set_value else element.default
    if element.type == Slider.SELECT_SLIDER:
        chosen = element.raw_value if element.set_value else [element.options[int(place)] for place in places]
        return state_of(element.id, string_array_value=chosen)
    return state_of(element.id, double_array_value=places)


def _choice(element: Any) -> WidgetState:
    chosen = element.raw_values if element.set_value else [element.options[place].content for place in element.default]
    return state_of(element.id, string_array_value=chosen)


def _selection(element: Any) -> WidgetState:
    chosen = element.raw_value if element.set_value else element.options[element.default]
    return state_of(element.id, string_value=chosen)


def _switch(element: Any) -> WidgetState:
    return state_of(element.id, bool_value=element.value if element.set_value else element.default)


def _expander(block: Any) -> WidgetState:
    return state_of(block.id, bool_value=block.expanded)


STATES: dict[str, Callable[[Any], WidgetState]] = {
    "number_input": _number,
    "slider": _slider,
    "button_group": _choice,
    "selectbox": _selection,
    "checkbox": _switch,
    "expandable": _expander,
}
"""What each kind of widget holds when it is drawn; other kinds hold nothing until they are used."""


@dataclass
class Viewer:
    """A session, and what a browser would know of it. `join` opens one."""

    connection: ClientConnection
    page: str = ""
    query: str = ""
    scheme: str = "light"
    cookie: str = ""
    """What keeps the viewer with one process of a hall."""
    widgets: dict[str, Widget] = field(default_factory=dict)
    """By their keys; a widget without a key by its label."""
    elements: Counter[str] = field(default_factory=Counter)
    """How often an element of each kind was sent."""
    data: dict[str, Any] = field(default_factory=dict)
    """What the components were drawn with, by their keys."""
    words: dict[tuple[int, ...], str] = field(default_factory=dict)
    """What is written on the page, by its place."""
    exceptions: list[str] = field(default_factory=list)
    """The errors that were shown and that no page means to show."""
    received: int = 0
    """Bytes."""
    on_words: Callable[[str, str], object] = lambda kind, words: None
    """Called with each text that is sent, and the kind of its element."""
    _page_hash: str = ""
    _pages: dict[str, str] = field(default_factory=dict)
    _runs: dict[str, int] = field(default_factory=dict)
    _blocks: dict[tuple[int, ...], int] = field(default_factory=dict)
    """The last run that drew each block, by its place."""
    _timers: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _ends: asyncio.Queue[End | None] = field(default_factory=asyncio.Queue)

    async def open(self, page: str, query: str = "") -> float:
        """Open a page of the app, or go on to it from another; gives the seconds until its last message."""
        self.page, self.query, self._page_hash = page, query, self._pages.get(page, "")
        asked = self._page_hash
        seconds = await self.ask("", whole=True)
        # the page before may just have run again by itself; what was asked for comes after that
        return seconds if asked in ("", self._page_hash) else seconds + await self.open(page, query)

    async def set(self, key: str, **values: Any) -> float:
        """Set the widget `key`; gives the seconds until the last message of the answer."""
        widget = self.widgets[key]
        widget.state = state_of(widget.id, **values)
        return await self.ask(widget.fragment)

    async def press(self, key: str) -> float:
        """Press the button `key`, which is its label if it has no key; gives the seconds as `set` does."""
        widget = self.widgets[key]
        return await self.ask(widget.fragment, state_of(widget.id, trigger_value=True))

    async def rest(self, key: str, epoch: int) -> float:
        """Have the player `key` come to rest at an epoch; gives the seconds as `set` does."""
        rested = {"subject": self.data[key]["subject"], "epoch": epoch, "at": time.time()}
        return await self.set(key, json_value=json.dumps({"rested": rested}))

    async def ask(self, fragment: str, *states: WidgetState, whole: bool = False) -> float:
        """Have the page or a fragment run with these values, and wait for its end, or for that of the `whole` page."""
        start = time.perf_counter()
        before = len(self._runs)
        await self.send(states, fragment)
        try:
            async with asyncio.timeout(PATIENCE):
                while not self._answers(await self._ends.get(), fragment, before, whole):
                    pass
        except TimeoutError:
            raise LostError(f"no answer within {PATIENCE:g} s") from None
        return time.perf_counter() - start

    def _answers(self, end: End | None, fragment: str, before: int, whole: bool) -> bool:
        """Whether a run is the whole answer to what was asked after so many runs, and not one that a timer asked for.

        A run of the page draws its fragments; a callback may have a fragment run in place of what was asked. Raises
        LostError if there will be no more runs.
        """
        if end is None:
            raise LostError("the server hung up")
        if not end.complete or end.number <= before:
            return False
        of_a_fragment = fragment in end.fragments or end.fragments.isdisjoint(self._timers)
        return not end.fragments or (not whole and of_a_fragment)

    async def send(self, states: Iterable[WidgetState], fragment: str = "", automatic: bool = False) -> None:
        """Send these values, and those that the widgets hold, without waiting."""
        given = {state.id: state for state in states}
        held = [one.state for one in self.widgets.values() if one.state is not None and one.id not in given]
        message = BackMsg()
        ask = message.rerun_script
        ask.query_string, ask.page_script_hash, ask.page_name = self.query, self._page_hash, self.page
        ask.fragment_id, ask.is_auto_rerun = fragment, automatic
        ask.context_info.timezone, ask.context_info.locale = "UTC", "en-US"
        ask.context_info.color_scheme = self.scheme
        ask.widget_states.widgets.extend([*held, *given.values()])
        try:
            await self.connection.send(message.SerializeToString())
        except ConnectionClosed:
            raise LostError("the server hung up") from None

    async def listen(self) -> None:
        """Take in all that the server sends."""
        try:
            async for data in self.connection:
                assert isinstance(data, bytes)
                self.received += len(data)
                message = ForwardMsg.FromString(data)
                kind = message.WhichOneof("type")
                if take := getattr(self, f"_{kind}", None):
                    take(message)
        finally:
            self._stop_timers()
            self._ends.put_nowait(None)

    def _new_session(self, message: ForwardMsg) -> None:
        run = message.metadata.run
        self._runs[run.script_run_id] = len(self._runs) + 1
        if not run.fragment_ids:
            self._stop_timers()
            self.words.clear()

    def _navigation(self, message: ForwardMsg) -> None:
        pages = message.navigation.app_pages
        self._pages = {"" if page.is_default else page.url_pathname: page.page_script_hash for page in pages}
        self._page_hash = message.navigation.page_script_hash

    def _page_info_changed(self, message: ForwardMsg) -> None:
        self.query = message.page_info_changed.query_string

    def _delta(self, message: ForwardMsg) -> None:
        delta = message.delta
        if message.metadata.cacheable:
            raise LostError("the server expects that messages are kept, which can fail")
        kind, place = delta.WhichOneof("type"), tuple(message.metadata.delta_path)
        if kind == "new_element":
            self._new_element(delta, place)
        elif kind == "add_block":
            self._blocks[place] = len(self._runs)
            if delta.add_block.expandable.id:
                self._take_widget("expandable", delta.add_block.expandable, delta.fragment_id, place)

    def _new_element(self, delta: Delta, place: tuple[int, ...]) -> None:
        kind = delta.new_element.WhichOneof("type") or "empty"
        element = getattr(delta.new_element, kind)
        self.elements[kind] += 1
        if getattr(element, "id", ""):
            self._take_widget(kind, element, delta.fragment_id, place)
        if kind == "bidi_component" and element.json:
            self.data[_key(element)] = json.loads(element.json)
        if kind == "exception":
            self.exceptions.append(f"{element.type}: {element.message}")
        for words in ("body", "text", "value"):
            if isinstance(getattr(element, words, None), str):
                self.words[place] = getattr(element, words)
                self.on_words(kind, getattr(element, words))

    def _take_widget(self, kind: str, element: Any, fragment: str, place: tuple[int, ...]) -> None:
        key = _key(element)
        label = getattr(element, "label", "")
        state = STATES[kind](element) if kind in STATES else None
        before = self.widgets.get(key if key != "None" else label)
        if before and before.id == element.id and not getattr(element, "set_value", False):
            state = before.state
        widget = Widget(element.id, fragment, label, state, len(self._runs), place)
        self.widgets[key if key != "None" else label] = widget

    def _script_finished(self, message: ForwardMsg) -> None:
        run = message.metadata.run
        status = message.script_finished
        complete = status in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        number = self._runs.get(run.script_run_id, 0)
        if complete:
            self.widgets = {
                key: widget
                for key, widget in self.widgets.items()
                if widget.run >= number or (run.fragment_ids and not self._drew_around(widget, number))
            }
        self._ends.put_nowait(End(number, frozenset(run.fragment_ids), complete))

    def _drew_around(self, widget: Widget, number: int) -> bool:
        """Whether this run drew a block that held the widget; if the run did not draw it again, it is gone."""
        return any(self._blocks.get(widget.place[:end]) == number for end in range(1, len(widget.place)))

    def _auto_rerun(self, message: ForwardMsg) -> None:
        fragment = message.auto_rerun.fragment_id
        self._timers[fragment] = asyncio.create_task(self._repeat(fragment, message.auto_rerun.interval))

    def _stop_auto_rerun(self, message: ForwardMsg) -> None:
        self._stop_timers()

    async def _repeat(self, fragment: str, interval: float) -> None:
        with suppress(LostError):
            while True:
                await asyncio.sleep(interval)
                await self.send((), fragment, automatic=True)

    def _stop_timers(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()


@asynccontextmanager
async def join(url: str, scheme: str = "light", cookie: str = "") -> AsyncIterator[Viewer]:
    """Open a session of the app at `url`, for example `http://127.0.0.1:8501`, and leave it at the end.

    `cookie` is that of a viewer before, who comes back.
    """
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    headers = {"Cookie": cookie} if cookie else {}
    # no compression, as Streamlit has it by default; large messages are its own affair; a browser sends no pings
    async with connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        max_size=None,
        compression=None,
        open_timeout=PATIENCE,
        ping_interval=None,
    ) as connection:
        answer = connection.response
        assert answer is not None
        viewer = Viewer(connection, scheme=scheme, cookie=answer.headers.get("Set-Cookie", cookie).partition(";")[0])
        listening = asyncio.create_task(viewer.listen())
        try:
            yield viewer
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError, ConnectionClosed):
                await listening
