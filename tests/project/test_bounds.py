"""What is bounded, as docs/bounds.md says it."""

from pathlib import Path

import pytest
from streamlit import config

from tests import bounds

ROOT = Path(__file__).parents[2]


def test_the_page_of_bounds_is_what_the_code_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    written = (ROOT / "docs" / "bounds.md").read_text(encoding="utf-8")
    assert written == bounds.document(), "python -m tests.bounds > docs/bounds.md"


@pytest.mark.parametrize(("name", "entries"), list(bounds.caches()))
def test_every_cache_has_a_limit(name: str, entries: str) -> None:
    assert entries, name


def test_caches_of_every_kind_are_found() -> None:
    names = {name.rpartition(", ")[2] for name, _ in bounds.caches()}
    assert {"history", "computing", "specifications", "without_delay"} <= names
