"""Lexicons are read whole, and a bad line is named."""

import re
from pathlib import Path

import pytest

from detector.errors import InputError
from training.lexicon import Entry, load_all, load_lexicon

LEXICONS = Path(__file__).parents[2] / "training" / "lexicons"
HEADER = "original\tspun\tpos\tweight\tseen"


def write(folder: Path, *lines: str, name: str = "demo.tsv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return path


def test_a_lexicon_is_named_after_its_file_and_keeps_every_column(tmp_path: Path) -> None:
    lexicon = load_lexicon(write(tmp_path, "history\thistorical past\tn\t1.0\t8"), "pivot")
    assert (lexicon.dictionary, lexicon.family) == ("demo", "pivot")
    assert lexicon.entries == (Entry("history", "historical past", "n", 1.0, 8),)


def test_an_empty_part_of_speech_means_any_and_several_are_joined_by_a_slash(tmp_path: Path) -> None:
    lexicon = load_lexicon(write(tmp_path, "big\tlarge\t\t0.2\t0", "fight\tbattle\tn/v\t0.2\t0"))
    assert [entry.pos for entry in lexicon.entries] == ["any", "n/v"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("big\tbig\tadj\t1.0\t0", "swapped for itself"),
        ("big\tlarge\tadjective\t1.0\t0", "part of speech 'adjective'"),
        ("big\tlarge\tadj\t1.5\t0", "weight '1.5'"),
        ("big\tlarge\tadj\theavy\t0", "weight 'heavy'"),
        ("big\tlarge\tadj\t1.0\toften", "seen 'often'"),
        ("big\tlarge\tadj\t1.0", "wanted 5 columns"),
        ("big\t\tadj\t1.0\t0", "the first two filled"),
        ("small\tlittle\tadj\t0.2\t0", "stands in line 2 already"),
    ],
)
def test_a_bad_line_is_refused_with_its_file_and_number(tmp_path: Path, line: str, complaint: str) -> None:
    path = write(tmp_path, "small\tlittle\tadj\t0.1\t0", line)
    with pytest.raises(InputError) as caught:
        load_lexicon(path)
    assert "demo.tsv:3: " in str(caught.value)
    assert complaint in str(caught.value)


def test_a_file_without_the_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "demo.tsv"
    path.write_text("big\tlarge\tadj\t1.0\t0\n", encoding="utf-8")
    with pytest.raises(InputError, match="wanted the header"):
        load_lexicon(path)


def test_a_dictionary_without_a_family_is_named(tmp_path: Path) -> None:
    write(tmp_path, name="orphan.tsv")
    (tmp_path / "families.tsv").write_text("dictionary\tfamily\n", encoding="utf-8")
    with pytest.raises(InputError, match="no family for: orphan"):
        load_all(tmp_path)


def test_every_dictionary_of_the_project_is_sound_and_has_a_family() -> None:
    lexicons = load_all(LEXICONS)
    assert lexicons["pivot-a"].family == "pivot"
    assert sum(len(lexicon.entries) for lexicon in lexicons.values()) > 30_000


def test_the_readme_counts_every_dictionary_as_it_is() -> None:
    readme = (LEXICONS / "README.md").read_text("utf-8")
    for lexicon in load_all(LEXICONS).values():
        seen = sum(entry.seen > 0 for entry in lexicon.entries)
        name = re.escape(lexicon.dictionary)
        assert re.search(rf"{name} \({len(lexicon.entries):,}(?: pairs)?, {seen:,} seen\)", readme), lexicon.dictionary
