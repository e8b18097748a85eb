"""The one table of settings: defaults, environment names, command-line options and docs all come from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from detector.errors import WrongUse

LOOPBACK = "127.0.0.1"
HIGHEST_PORT = 65_535
ENV_PREFIX = "UNSPUN_"
REPOSITORY = Path(__file__).resolve().parent.parent
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    name: str
    kind: type
    default: Any
    unit: str
    help: str
    low: int | None
    high: int | None

    @property
    def env(self) -> str:
        """The environment variable that sets it."""
        return ENV_PREFIX + self.name.upper()

    @property
    def option(self) -> str:
        """The option of `unspun serve` that sets it; of what is on by default, the one that switches it off."""
        return ("--no-" if self.default is True else "--") + self.name.replace("_", "-")


def _setting(default: Any, help: str, unit: str = "", low: int | None = None, high: int | None = None) -> Any:
    return field(default=default, metadata={"help": help, "unit": unit, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server runs with. Every field is a row of `settings_table()`."""

    host: str = _setting(LOOPBACK, "address to listen on; any other than 127.0.0.1 needs allow_remote")
    port: int = _setting(5151, "port to listen on; 0 takes a free one", low=0, high=HIGHEST_PORT)
    allow_remote: bool = _setting(False, "let other machines reach the server; there is no encryption")
    data_dir: str = _setting("", "folder for pairings, history and labels; empty: the system's folder for user data")
    models_dir: str = _setting("", "folder of models; empty: models/ beside the program")
    threads: int = _setting(4, "texts scored or fetched at the same time", low=1)
    queue: int = _setting(8, "requests that may wait for a thread; more are answered 503", low=0)
    job_time_s: int = _setting(15, "longest time one text or address may take", "seconds", low=1)
    max_body_bytes: int = _setting(2_000_000, "largest request body; larger ones are answered 413", "bytes", low=1)
    rate: int = _setting(600, "requests one paired client may make; more are answered 429", "per minute", low=1)
    pair_rate: int = _setting(20, "pairing requests from all clients together", "per minute", low=1)
    history: bool = _setting(True, "keep verdicts on pages (address, title, time; no text) on this machine")
    history_days: int = _setting(90, "how long the history keeps a page that is not seen again", "days", low=1)
    keep_texts: bool = _setting(
        True, "keep the texts you label, on this machine; without them labels are counted but nothing learns from them"
    )
    label_days: int = _setting(730, "how long a label and its text are kept", "days", low=1)
    search: str = _setting(
        "duckduckgo", "where to look for originals: an engine's name, or an address with %s; opened only when you click"
    )
    verbose: bool = _setting(False, "log one line per request: method, route, status, time; never text")

    @property
    def data_path(self) -> Path:
        """The folder that holds the pairings, the history and the labels."""
        return Path(self.data_dir or platformdirs.user_data_dir("unspun", appauthor=False))

    @property
    def models_path(self) -> Path:
        """The folder that holds ACTIVE and the models."""
        return Path(self.models_dir or REPOSITORY / "models")


def settings_table() -> tuple[Setting, ...]:
    """Every setting, in the order of the fields."""
    rows = []
    for item in fields(Settings):
        assert isinstance(item.type, type)
        meta = item.metadata
        rows.append(Setting(name=item.name, kind=item.type, default=item.default, **meta))
    return tuple(rows)


def load_settings(environ: Mapping[str, str], options: Mapping[str, Any] | None = None) -> Settings:
    """Settings from defaults, then the environment, then options that are not None. Raises WrongUse."""
    values: dict[str, Any] = {}
    for row in settings_table():
        if row.env in environ:
            values[row.name] = _parse(row, environ[row.env])
        chosen = (options or {}).get(row.name)
        if chosen is not None:
            values[row.name] = chosen
        if row.name in values:
            _check_range(row, values[row.name])
    return Settings(**values)


def _check_range(row: Setting, value: Any) -> None:
    if row.low is not None and value < row.low:
        raise WrongUse(f"{row.name} is {value}; it must be at least {row.low}.")
    if row.high is not None and value > row.high:
        raise WrongUse(f"{row.name} is {value}; it must be at most {row.high}.")


def settings_markdown() -> str:
    """The table for the documentation."""
    lines = ["| setting | option | environment | default | what it does |", "|---|---|---|---|---|"]
    for row in settings_table():
        default = f"`{row.default}`" if row.default != "" else "empty"
        what = f"{row.help} ({row.unit})" if row.unit else row.help
        lines.append(f"| {row.name} | `{row.option}` | `{row.env}` | {default} | {what} |")
    return "\n".join(lines) + "\n"


def _parse(row: Setting, raw: str) -> Any:
    word = raw.strip().lower()
    if row.kind is bool:
        if word in TRUE_WORDS | FALSE_WORDS:
            return word in TRUE_WORDS
        raise WrongUse(f"{row.env} is {raw!r}; write 1 or 0.")
    if row.kind is int:
        try:
            return int(word)
        except ValueError:
            raise WrongUse(f"{row.env} is {raw!r}; write a whole number.") from None
    return raw
