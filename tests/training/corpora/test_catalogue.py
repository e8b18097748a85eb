from training.corpora import SOURCES
from training.corpora.fetch import read_lock


def test_names_are_unique_and_fit_for_file_names():
    names = [source.name for source in SOURCES]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and name.replace("-", "").isalnum() for name in names)


def test_no_source_may_give_more_than_a_million_words():
    assert all(0 < source.cap_words <= 1_000_000 for source in SOURCES)


def test_at_least_ten_genres_are_covered():
    assert len({source.genre for source in SOURCES}) >= 10


def test_every_package_is_locked_and_pinned_where_its_registry_keeps_versions():
    lock = read_lock()
    for source in (source for source in SOURCES if source.kind != "dir"):
        locked = lock[f"{source.kind}:{source.package}"]
        assert len(locked["sha256"]) == 64
        assert source.version == (None if source.kind == "apt" else locked["version"])


def test_every_source_says_under_what_terms_its_texts_stand():
    assert all(source.licence_note for source in SOURCES)
