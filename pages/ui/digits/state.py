"""Runs on MNIST: one job per config, and results computed once for all viewers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pyarrow as pa
import streamlit as st

from pages.ui import jobs
from pages.ui.digits import tables
from pages.ui.jobs import Job, Work
from tinynet.digits import EVALUATED_AT_ONCE, DigitsConfig, iterations
from tinynet.digits_history import End, History, Recording


@st.cache_resource(max_entries=32, show_spinner=False)
def _shared(config: DigitsConfig) -> Job[History]:
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
    return jobs.begin("digits", {config: partial(_shared, config) for config in configs})


def histories(work: Work) -> list[History]:
    """The finished part of each run."""
    return [job.result() for job in work.jobs]


@dataclass(frozen=True)
class Results:
    """What is computed from runs besides their curves: sentences, a dataset, and images and tables as HTML."""

    statements: list[str]
    answers: dict[str, pa.Table]
    below: list[str]


def results(configs: Sequence[DigitsConfig], histories: list[History]) -> Results:
    """Results of the finished part of each run, computed once for all viewers who see the same."""
    return _results(tuple(configs), tuple((len(history.loss), history.end) for history in histories), histories)


@st.cache_resource(max_entries=32, show_spinner=False)
def _results(
    configs: tuple[DigitsConfig, ...], how_far: tuple[tuple[int, End], ...], _histories: list[History]
) -> Results:
    parts = [part(configs, _histories) for part in (tables.weight_images, tables.predictions_html)]
    summary = tables.summary(configs, _histories).html()
    return Results(tables.statements(configs, _histories), tables.answers(configs, _histories), [*parts, summary])
