"""The measure of the search for originals: its ranking, and that copies and originals stay together."""

from dataclasses import dataclass

from benchmarks.trace import Asked, Copy, Index, asked, spin, table
from training.corpora import Document
from training.spinners.spun import Edit, Spun, write_edits

TEXTS = ["the baker sold bread", "the baker of Harrow sold bread in Harrow", "the miller"]


@dataclass(frozen=True)
class Shouter:
    """Writes the first word in capitals."""

    name: str = "shouter"
    family: str = "none"
    dictionary: str = "none"
    natural: tuple[float, float] = (0.1, 0.2)

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        first = text.split()[0]
        return write_edits(text, [Edit(0, len(first), first.upper())])


def test_the_document_with_the_rarest_words_of_the_query_comes_first() -> None:
    index = Index(TEXTS)
    assert [index.rank("harrow bread", number) for number in range(3)] == [2, 1, 3]


def test_ties_count_against_the_document() -> None:
    assert Index(TEXTS).rank("nothing of this", 0) == 3
    assert Index(["a b", "a b"]).rank("a", 0) == 2


def test_the_share_of_the_querys_words_that_stand_in_the_original_is_told() -> None:
    copy = Copy(1, "tool", 8, "")
    assert asked(Index(TEXTS), "Harrow bread folks oven", copy) == Asked(1, 0.5)


def test_copies_name_their_originals_and_short_documents_are_left_out() -> None:
    texts = ["short one", "first " * 120, "second " * 150]
    documents = [Document(f"d{n}", "s", "news", f"g{n}", text) for n, text in enumerate(texts)]
    copies = spin(documents, [Shouter()], 5)
    assert {(copy.original, copy.words, copy.text[:6]) for copy in copies} == {(1, 120, "FIRST "), (2, 150, "SECOND")}


def test_the_table_counts_first_places_by_length() -> None:
    copies = [Copy(0, "tool", 150, ""), Copy(1, "tool", 500, "")]
    text = table({"ours": [Asked(1, 1.0), Asked(4, 0.5)]}, copies, 3, "test")
    assert text.splitlines()[-1] == "| ours | 50.0% of 2 | 100.0% of 2 | 75.0% | 100.0% of 1 | none | 0.0% of 1 |"
