"""Runs on MNIST: one job per config, and results computed once for all viewers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import streamlit as st

from pages.ui import jobs
from pages.ui.digits import tables, verdicts
from pages.ui.jobs import Job, Work
from tinynet.digits import EVALUATED_AT_ONCE, DigitsConfig, iterations
from tinynet.digits_history import End, History, Recording


@st.cache_resource(max_entries=32, show_spinner=False)
def shared(config: DigitsConfig) -> Job[History]:
    """The job that trains `config`, shared by all viewers."""
    recording = Recording(config)
    return Job(config.iterations + 1, _train(recording), recording.history)


def _train(recording: Recording) -> Iterator[int]:
    records = iterations(recording.config)
    while block := list(islice(records, EVALUATED_AT_ONCE)):
        for record in block:
            recording.add(record)
        yield len(recording)


def begin(configs: Sequence[DigitsConfig]) -> Work:
    """Start or join the jobs of these configs."""
    return jobs.begin("digits", {config: partial(shared, config) for config in configs})


def histories(work: Work) -> list[History]:
    """The finished part of each run."""
    return [job.result() for job in work.jobs]


@dataclass(frozen=True)
class Results:
    """What is said of runs, and a detail of them as HTML; "" if that is a chart."""

    statements: list[str]
    html: str


def results(configs: Sequence[DigitsConfig], histories: list[History], detail: str) -> Results:
    """Results of the finished part of each run, computed once for all viewers who see the same."""
    how_far = tuple((len(history.loss), history.end) for history in histories)
    return _results(tuple(configs), how_far, histories, detail)


@st.cache_resource(max_entries=64, show_spinner=False)
def _results(
    configs: tuple[DigitsConfig, ...], how_far: tuple[tuple[int, End], ...], _histories: list[History], detail: str
) -> Results:
    html = tables.DETAILS[detail](configs, _histories) if detail in tables.DETAILS else ""
    return Results(verdicts.statements(configs, _histories), html)
