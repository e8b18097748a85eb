"""Labels in the database: what is learned from, what is worth asking, retention, and a process killed while writing."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detector import Verdict
from server.store.database import Database, open_database
from server.store.label_lists import LabelQuery, count_texts, find_texts, labels_for_training, queue
from server.store.labels import LabelName, LabelStore, NewLabel
from server.store.shingles import similarity, sketch_of
from server.store.usefulness import SiteLabels, worth

ROOT = Path(__file__).parents[2]
DAY_S = 24 * 3600
THRESHOLDS = {"suspicious": 0.01, "spun": 0.001}
WORDS = [first + last for first in "bdfgklmnprstvw" for last in ("a", "es", "ing", "or", "um", "y", "ok", "ett", "all")]
# Says the id of each label once it was answered, until it is killed.
WRITER = """
import sys
from pathlib import Path
from detector import Verdict
from server.store.database import open_database
from server.store.labels import LabelStore, NewLabel
database = open_database(Path(sys.argv[1]), print)
store = LabelStore(lambda: database, lambda: 1e9, keep_texts=True, label_days=9, waiting_days=9)
verdict = Verdict("clean", None, -3.0, 0.1, 0.4, 9, 0.0, None, (), (), "m")
for number in range(100_000):
    text = f"{sys.argv[2]} " + " ".join(chr(97 + int(digit)) * 3 for digit in str(number * 7919))
    added = store.add(NewLabel(text, "spun", verdict, "c", "c", delivery=f"{sys.argv[2]}-{number}"))
    print(added.id, flush=True)
"""


def verdict(name: str = "clean", rate: float | None = 0.4, family: Any = None) -> Verdict:
    return Verdict(name, None, -3.5, 0.01, rate, 99, 0.0, family, (), (), "m")  # type: ignore[arg-type]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path, print)
    yield database
    database.close()


@pytest.fixture
def store(database: Database, clock: Any) -> LabelStore:
    return LabelStore(lambda: database, clock, keep_texts=True, label_days=100, waiting_days=10)


def add(store: LabelStore, text: str, label: LabelName | None, **more: Any) -> int:
    return store.add(NewLabel(text, label, verdict(), "c", "c", **more)).text


def test_training_gets_each_text_once_with_what_it_counts_as(store: LabelStore, clock: Any) -> None:
    add(store, "one text here", "spun", url="https://www.a.example/1")
    clock.now = 2000.0
    add(store, "One  text HERE", "spun", url="https://b.example/")
    add(store, "a text with a contradiction", "spun")
    add(store, "a text with a contradiction", "not-spun")
    store.decide(add(store, "a text that was decided", "spun"), "not-spun")
    add(store, "a text that waits", None)
    found = [(label.text, label.label, label.site, label.time) for label in labels_for_training(store)]
    assert found == [
        ("one text here", "spun", "a.example", 2000.0),
        ("a text that was decided", "not-spun", "", 2000.0),
    ]


def test_more_labels_than_one_portion_are_all_given(store: LabelStore) -> None:
    for number in range(450):
        add(store, f"{WORDS[number % 126]} {WORDS[number // 126]} {WORDS[number % 97]}", "spun")
    assert len({label.text for label in labels_for_training(store)}) == count_texts(store).spun == 450


def test_undoing_one_of_two_contradicting_labels_settles_the_text(store: LabelStore) -> None:
    add(store, "a text", "spun")
    second = store.add(NewLabel("a text", "not-spun", verdict(), "c", "c"))
    store.decide(second.text, "not-spun")
    assert second.id is not None and store.undo(second.id)
    assert [label.label for label in labels_for_training(store)] == ["spun"]


def test_a_text_first_kept_without_is_kept_when_it_comes_again(database: Database, store: LabelStore) -> None:
    silent = LabelStore(lambda: database, lambda: 1000.0, keep_texts=False, label_days=100, waiting_days=10)
    text = " ".join(WORDS)
    add(silent, text, "spun")
    assert list(labels_for_training(store)) == []
    add(store, text, "spun")
    assert [label.text for label in labels_for_training(store)] == [text]
    assert store.add(NewLabel(text + " more", "spun", verdict(), "c", "c")).merged


def test_a_page_read_again_with_other_words_around_it_is_the_same_page(store: LabelStore) -> None:
    text, again = " ".join(WORDS), " ".join(["Read also this story about the sea", *WORDS[9:]])
    first = add(store, text, "spun", url="https://a.example/1")
    assert add(store, again, "spun", url="https://a.example/1#comments") == first
    assert add(store, " ".join(["Quite another beginning here", *WORDS[9:]]), "spun", url="https://b.example/") != first
    assert add(store, " ".join(reversed(WORDS)), "spun", url="https://a.example/1") != first


def test_labels_and_waiting_texts_go_after_their_days(store: LabelStore, clock: Any) -> None:
    add(store, "a labelled text", "spun")
    add(store, "a waiting text", None)
    clock.now += 11 * DAY_S
    assert store.drop_old() == 1
    assert [row.beginning for row in find_texts(store, LabelQuery())] == ["a labelled text"]
    clock.now += 90 * DAY_S
    add(store, "a new text", "spun")  # a day later, adding looks for what is old
    assert [label.text for label in labels_for_training(store)] == ["a new text"]


def test_an_imported_label_keeps_its_own_time_and_is_not_old_at_once(store: LabelStore, clock: Any) -> None:
    clock.now = 1000.0 * DAY_S
    add(store, "a text", "spun", time=5.0)
    assert store.drop_old() == 0
    assert [label.time for label in labels_for_training(store)] == [5.0]


def test_forgetting_takes_sketches_and_labels_with_the_text(store: LabelStore, database: Database) -> None:
    add(store, " ".join(WORDS), "spun", url="https://a.example/")
    add(store, "another text here", "spun", url="https://b.example/")
    assert store.forget("a.example") == 1
    with database.reading() as connection:
        left = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("texts", "labels")]
        assert left == [1, 1]
        assert connection.execute("SELECT count(*) FROM text_shingles").fetchone()[0] == 1
    assert store.forget() == 1


def test_sketches_estimate_how_many_runs_of_three_words_two_texts_share() -> None:
    chance = random.Random(1)
    words = [f"{chance.choice(WORDS)}{chance.choice(WORDS)}" for _ in range(3000)]
    changed = words.copy()
    for place in range(0, 3000, 100):  # each takes three runs of three words away and brings three new ones
        changed[place] = "zzz"
    one, other = sketch_of(" ".join(words)), sketch_of(" ".join(changed))
    assert len(one) == 256
    assert abs(similarity(one, other) - (2998 - 89) / (2998 + 89)) < 0.06
    assert similarity(one, one) == 1.0
    assert sketch_of("two words") == frozenset()


@pytest.mark.parametrize(
    ("judged", "site", "value", "reasons"),
    [
        (("clean", 0.01, None), None, 1.0, ["close to the line between clean and suspicious"]),
        (("clean", 0.4, None), None, 0.2, []),
        (("spun", 1e-6, "pivot"), None, 0.02, []),
        (("spun", 1e-6, "unknown"), None, 0.62, ["looks spun, by no spinner that the model knows"]),
        (("clean", 0.4, None), (3, 1), 0.7, ["judged clean, though you labelled pages of this site spun"]),
        (("spun", 1e-6, "pivot"), (0, 1), 0.52, ["flagged, though you labelled pages of this site not spun"]),
        (("spun", 1e-6, "pivot"), (1, 1), 0.02, []),
        (("unscorable", None, None), None, 0.0, []),
    ],
)
def test_what_is_uncertain_new_or_at_odds_teaches_most(judged: Any, site: Any, value: float, reasons: Any) -> None:
    found = worth(*judged, None if site is None else SiteLabels(*site), THRESHOLDS)
    assert (round(found.value, 2), list(found.reasons)) == (value, reasons)


def test_the_queue_holds_at_most_what_was_asked_for_and_no_labelled_text(store: LabelStore) -> None:
    for number in range(5):
        store.add(NewLabel(WORDS[number], None, verdict(rate=0.01 * 3**number), "c", "c"))
    add(store, WORDS[0], "spun")
    assert [one.beginning for one in queue(store, THRESHOLDS, 3)] == [WORDS[1], WORDS[2], WORDS[3]]


def test_killed_at_ten_moments_no_answered_label_is_lost(tmp_path: Path) -> None:
    chance = random.Random(7)
    answered: list[int] = []
    for run in range(10):
        command = [sys.executable, "-c", WRITER, str(tmp_path), "abcdefghij"[run] * 3]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 60)):
            answered.append(int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        answered += [int(line) for line in process.stdout.read().split("\n")[:-1]]
        process.wait(10)
        process.stdout.close()
    database = open_database(tmp_path, print)
    with database.reading() as connection:
        kept = {row["id"] for row in connection.execute("SELECT id FROM labels").fetchall()}
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()
    assert len(set(answered)) == len(answered) > 100
    assert set(answered) <= kept
    assert len(kept) <= len(answered) + 10, "at most one label of each run was kept and not yet answered"
