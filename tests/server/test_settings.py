"""The table of settings."""

from pathlib import Path

import pytest

from detector.errors import WrongUse
from server.settings import Settings, load_settings, settings_markdown, settings_table


def test_the_defaults_are_those_of_the_table() -> None:
    assert load_settings({}) == Settings()
    assert {row.name: row.default for row in settings_table()}["port"] == 5151


def test_the_environment_beats_defaults_and_options_beat_the_environment() -> None:
    environ = {"UNSPUN_PORT": "6000", "UNSPUN_RATE": "7", "UNSPUN_ALLOW_REMOTE": "yes"}
    found = load_settings(environ, {"port": 7000, "rate": None})
    assert (found.port, found.rate, found.allow_remote) == (7000, 7, True)


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"UNSPUN_PORT": "many"}, "UNSPUN_PORT is 'many'; write a whole number."),
        ({"UNSPUN_ALLOW_REMOTE": "maybe"}, "UNSPUN_ALLOW_REMOTE is 'maybe'; write 1 or 0."),
        ({"UNSPUN_THREADS": "0"}, "threads is 0; it must be at least 1."),
        ({"UNSPUN_PORT": "70000"}, "port is 70000; it must be at most 65535."),
    ],
)
def test_a_bad_value_says_what_was_wanted(environ: dict[str, str], message: str) -> None:
    with pytest.raises(WrongUse) as told:
        load_settings(environ)
    assert str(told.value) == message


def test_every_setting_has_its_names_and_a_row_in_the_docs() -> None:
    table = settings_markdown()
    for row in settings_table():
        assert row.help
        assert f"| {row.name} | `{row.option}` | `{row.env}` |" in table
    assert "| max_body_bytes | `--max-body-bytes` | `UNSPUN_MAX_BODY_BYTES` | `2000000` |" in table


def test_folders_come_from_the_settings() -> None:
    found = Settings(data_dir="/somewhere/data", models_dir="/somewhere/models")
    assert (str(found.data_path), str(found.models_path)) == ("/somewhere/data", "/somewhere/models")
    assert Settings().models_path.name == "models"


def test_the_table_in_the_docs_is_the_one_of_the_code() -> None:
    docs = Path(__file__).parents[2] / "server" / "SETTINGS.md"
    assert docs.read_text("utf-8").endswith("\n\n" + settings_markdown())
