"""From what is named on the command line to items."""

import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from unspun.inputs import Failure, Item, read_inputs

NEITHER = "The line is neither a JSON object nor an http(s) address."


def from_stdin(content: bytes) -> list[Item]:
    return list(read_inputs(["-"], io.BytesIO(content)))


def test_json_lines_and_addresses_may_be_mixed_and_keep_their_order() -> None:
    lines = b'\n{"id": 7, "text": "a"}\n\nhttps://a.example/x\n  {"id": "b", "html": "<p>b"}\nwhat\n'
    assert from_stdin(lines) == [
        Item("stdin:2", id=7, text="a"),
        Item("stdin:4", url="https://a.example/x"),
        Item("stdin:5", id="b", html="<p>b"),
        Item("stdin:6", failure=Failure("bad_line", NEITHER, "stdin", "line 6")),
    ]


def test_a_plain_text_piped_in_is_one_text() -> None:
    text = "\nOnce upon a time.\nhttps://a.example/ was there\n{and this}\n"
    assert from_stdin(text.encode()) == [Item("stdin", text=text)]


def test_a_first_line_with_an_address_in_it_is_text_not_an_address() -> None:
    assert from_stdin(b"https://a.example/ is a site\n") == [Item("stdin", text="https://a.example/ is a site\n")]


def test_empty_input_is_one_empty_text() -> None:
    assert from_stdin(b"") == [Item("stdin", text="")]
    assert from_stdin(b" \n\n") == [Item("stdin", text=" \n\n")]


@given(st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: "Plain " + text))
def test_any_text_that_begins_with_a_word_is_kept_whole(text: str) -> None:
    assert from_stdin(text.encode()) == [Item("stdin", text=text)]


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail_or_lose_its_item(content: bytes) -> None:
    assert from_stdin(content)


@given(st.lists(st.sampled_from([b'{"text": "a"}', b"https://a.example/", b"junk", b"{bad", b'{"id": 1}']), min_size=1))
def test_every_line_after_a_record_gives_one_item(lines: list[bytes]) -> None:
    assert len(from_stdin(b'{"text": "first"}\n' + b"\n".join(lines))) == 1 + len(lines)


def failures(*lines: bytes) -> list[str]:
    items = from_stdin(b'{"text": "first"}\n' + b"\n".join(lines))[1:]
    return [item.failure.reason if item.failure else "none" for item in items]


def test_bad_records_say_what_is_wrong() -> None:
    lines = [b"{", b'{"a":' * 100_000, b'{"id": 1}', b'{"text": 3}', b'{"text": null}', b'{"text": "a", "url": 5}']
    assert failures(*lines) == ["bad_json", "bad_json", "bad_record", "bad_record", "bad_record", "bad_record"]


def test_a_record_with_a_text_is_not_fetched_and_keeps_its_address() -> None:
    assert from_stdin(b'{"text": "a", "html": "<p>b", "url": "https://a.example/"}') == [
        Item("stdin:1", url="https://a.example/", text="a")
    ]


def test_files_are_read_by_their_endings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("caf\xe9".encode("cp1252"))
    (tmp_path / "b.HTML").write_bytes(b"<meta charset=koi8-r><p>\xc4\xc1")
    (tmp_path / "c.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "c"}\r\n')
    names = [str(tmp_path / name) for name in ("a.txt", "b.HTML", "c.jsonl")]
    assert list(read_inputs(names, io.BytesIO())) == [
        Item(names[0], text="café"),
        Item(names[1], html="<meta charset=koi8-r><p>да"),
        Item(f"{names[2]}:1", text="c"),
    ]


def test_files_that_cannot_be_read_are_items_too(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    (tmp_path / "folder").mkdir()
    names = [str(tmp_path / name) for name in ("a.pdf", "missing.txt", "missing.jsonl", "folder")]
    found = [item.failure.reason if item.failure else "none" for item in read_inputs(names, io.BytesIO())]
    assert found == ["unknown_type", "unreadable", "unreadable", "empty_folder"]
