"""The real server with a stand-in for the model: it knows the swaps of tests/pages/spun-sample.txt and no more."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detector import Verdict
from detector.errors import FetchError
from detector.verdict import Evidence, Family, Window
from server.app import create_app
from server.extract import Article
from server.listener import listen
from server.serve import make_services, open_socket
from server.settings import load_settings

SWAPS = {
    "historical past": "history", "synthetic intelligence": "artificial intelligence", "all the time": "always",
    "packing containers": "boxes", "on-line": "online", "utilizing": "using", "got here": "came",
    "by way of": "through", "content material": "content", "machine studying": "machine learning",
    "equivalent to": "such as", "software program": "software", "mentioned": "said", "hearth engine": "fire engine",
    "with out": "without", "surface world": "outside world", "web site": "website", "with a view to": "in order to",
    "plenty of of": "many of", "report exhibits": "record shows", "undertaking": "project", "canine": "dog",
    "additionally": "also", "dwell": "live", "sport": "game", "right a reputation": "correct a name",
}  # fmt: skip


@dataclass
class StandIn:
    """Counts known swaps."""

    id: str = "stand-in"
    manifest: dict[str, Any] = field(default_factory=lambda: {"thresholds": {"suspicious": 0.01, "spun": 0.001}})

    def score(self, text: str, evidence: str = "flagged") -> Verdict:
        """Spun from ten swaps on."""
        words = len(text.split())
        if words < 50:
            return Verdict("unscorable", "too_short", None, None, None, words, None, None, (), (), self.id)
        found = [
            Evidence(at, at + len(swap), swap, 3.0 - at / len(text) * 2, "dictionary swap", original)
            for swap, original in SWAPS.items()
            for at in [text.find(swap)]
            if at >= 0
        ]
        spun = len(found) >= 10
        return Verdict(
            "spun" if spun else "clean", None, len(found) - 5.0, 0.99 if spun else 0.01, 0.0004 if spun else 0.4,
            words, 0.81 if spun else 0.0, Family("pivot", 0.93) if spun else None,
            tuple(found) if spun else (), (Window(0, len(text), 1.0),), self.id,
        )  # fmt: skip


def read_nothing(address: str) -> Article:
    """The stand-in fetches no addresses."""
    raise FetchError(f"{address}: the stand-in fetches nothing")


def say(line: str) -> None:
    """One line on the terminal, at once."""
    print(line, flush=True)  # noqa: T201


def main() -> None:
    """`stand_in.py serve --port P`, as `unspun serve` is called."""
    settings = load_settings(os.environ, {"port": int(sys.argv[3])})
    services = make_services(settings, StandIn, read_nothing, say)
    server = listen(create_app(settings, services), settings, open_socket(settings.host, settings.port))
    say("serving")
    server.run()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
