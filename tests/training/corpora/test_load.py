import logging

import pytest

from detector.errors import InputError, WrongUse
from training.corpora import default_cache, load_documents
from training.corpora.dedupe import Deduper
from training.corpora.load import documents_of
from training.corpora.source import Source


def of_texts(texts, cap_words=10_000):
    return Source("tales", "fiction", "dir", ".", None, cap_words, "own", lambda folder: iter(texts))


@pytest.fixture
def corpus(tmp_path, make_prose):
    """Two sites with two articles each, and a copy of one of them."""
    for site, start in (("one.example", 0), ("two.example", 200)):
        folder = tmp_path / "corpus" / site
        folder.mkdir(parents=True)
        (folder / "first.txt").write_text(make_prose(5, start))
        (folder / "second.txt").write_text(make_prose(5, start + 100))
    (tmp_path / "corpus/two.example/copy.txt").write_text(make_prose(5, 0))
    return tmp_path / "corpus"


def test_a_folder_of_texts_becomes_documents_grouped_by_subfolder(corpus, tmp_path):
    documents = load_documents(tmp_path / "cache", sources=(), extra_dirs=[corpus])
    assert sorted({document.group for document in documents}) == [
        "folder-corpus/one.example",
        "folder-corpus/two.example",
    ]
    assert {document.source for document in documents} == {"folder-corpus"}


def test_a_copy_is_kept_once(corpus, tmp_path):
    documents = load_documents(tmp_path / "cache", sources=(), extra_dirs=[corpus])
    assert len(documents) == 4
    assert len({document.text for document in documents}) == 4


def test_the_second_call_reads_the_cache_and_gives_the_same(corpus, tmp_path):
    first = load_documents(tmp_path / "cache", sources=(), extra_dirs=[corpus])
    (built,) = (tmp_path / "cache/corpora").iterdir()
    stamp = built.stat().st_mtime_ns
    assert load_documents(tmp_path / "cache", sources=(), extra_dirs=[corpus]) == first
    assert built.stat().st_mtime_ns == stamp


def test_a_changed_text_is_noticed(corpus, tmp_path, make_prose):
    load_documents(tmp_path / "cache", sources=(), extra_dirs=[corpus])
    (corpus / "third.txt").write_text(make_prose(6, 700))
    assert len(load_documents(tmp_path / "cache", sources=(), extra_dirs=[corpus])) == 5


def test_the_order_depends_on_the_seed_alone(corpus, tmp_path):
    orders = [load_documents(tmp_path / name, sources=(), extra_dirs=[corpus], seed=3) for name in "ab"]
    assert orders[0] == orders[1]


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"found no \.txt file; give a folder"):
        load_documents(tmp_path / "cache", sources=(), extra_dirs=[tmp_path])


def test_an_unknown_source_is_refused_with_the_known_ones_named(tmp_path):
    with pytest.raises(WrongUse, match=r"no source named gazette\. There are: news-outlets-2017,"):
        load_documents(tmp_path / "cache", sources=["gazette"])


def test_without_any_source_the_user_is_told_what_to_do(tmp_path):
    with pytest.raises(InputError, match=r"Give a folder of \.txt files"):
        load_documents(tmp_path / "cache", sources=())


def test_a_source_stops_at_its_cap(tmp_path, make_prose):
    texts = [(str(number), "site", make_prose(5, number * 10)) for number in range(50)]
    documents = list(documents_of(of_texts(texts, cap_words=300), tmp_path, Deduper(), seed=0))
    assert 300 <= sum(len(document.text.split()) for document in documents) < 400


def test_a_book_is_cut_at_paragraphs_into_pieces_of_one_group(tmp_path, make_prose):
    paragraphs = [make_prose(10, start) for start in range(0, 400, 10)]
    pieces = list(documents_of(of_texts([("book", "book", "\n\n".join(paragraphs))]), tmp_path, Deduper(), seed=0))
    assert [piece.id for piece in pieces] == ["tales/book", *(f"tales/book#{n}" for n in range(1, len(pieces)))]
    assert {piece.group for piece in pieces} == {"tales/book"}
    assert "\n\n".join(piece.text for piece in pieces).split("\n\n") == paragraphs
    assert max(len(piece.text.split()) for piece in pieces) < 1800


def test_a_package_laid_out_in_another_way_is_left_out_with_a_warning(tmp_path, caplog):
    def read(folder):
        yield "1", "1", (folder / "gone.txt").read_text()

    source = Source("tales", "fiction", "dir", ".", None, 1000, "own", read)
    with caplog.at_level(logging.WARNING):
        assert list(documents_of(source, tmp_path, Deduper(), seed=0)) == []
    assert "gone.txt is not in the package" in caplog.text


def test_an_empty_package_is_warned_about(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        assert list(documents_of(of_texts([]), tmp_path, Deduper(), seed=0)) == []
    assert "found no text in the package" in caplog.text


def test_the_cache_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("UNSPUN_CACHE", str(tmp_path))
    assert default_cache() == tmp_path
