"""Files to items: streams that are cut into shards, and damage that costs no more than its own rows."""

import gzip
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.batch.addresses import holds_addresses
from server.batch.items import MAX_ROW_BYTES, Item
from server.batch.plan import plan, stamps
from server.batch.shard import Columns, Shard
from server.batch.sources import read_shard

USUAL = Columns()


def items_of(*names: object, size: int = 1_000_000, columns: Columns = USUAL) -> list[Item]:
    shards = plan([str(name) for name in names], columns, lambda _: None, size)
    return [item for shard in shards for item in read_shard(Shard.from_json(json.loads(json.dumps(shard.as_json()))))]


def told(items: list[Item]) -> list[str]:
    """Each item as its text, or as reason and position."""
    return [
        item.text or "" if item.failure is None else f"{item.failure.reason} {item.failure.position}" for item in items
    ]


@given(
    lines=st.lists(st.sampled_from(['{"text": "a"}', '{"text": "bb\\n"}', "", "{bad", "x" * 50])),
    size=st.integers(1, 99),
)
def test_however_a_jsonl_file_is_cut_its_items_are_the_same(
    lines: list[str], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    assert items_of(path, size=size) == items_of(path)


@given(
    rows=st.lists(st.sampled_from(["a,b", '"a\nc",b', '"a""c",b', "", "a", '"x"y,b', '"open,b']), max_size=12),
    size=st.integers(1, 99),
)
def test_however_a_csv_file_is_cut_every_good_row_after_a_good_one_is_the_same(
    rows: list[str], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    good = [row for row in rows if row not in ('"open,b', "a", '"x"y,b')]
    path = tmp_path_factory.mktemp("cut") / "a.csv"
    path.write_text("\n".join(["text,url", *good]) + "\n", "utf-8")
    assert items_of(path, size=size) == items_of(path)
    assert len(items_of(path)) == len([row for row in good if row])


def test_a_stray_quote_costs_its_own_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,url\nfirst,u\n"never closed,u\nthird,u\n"fo""ur\nth",u\n', "utf-8")
    assert told(items_of(path)) == ["first", "bad_csv line 3", "third", 'fo"ur\nth']


def test_columns_are_guessed_and_said_or_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("key;Body;link\n7;hello;https://a.example/\n", "utf-8")
    said: list[str] = []
    (shard,) = plan([str(path)], USUAL, said.append)
    assert list(read_shard(shard)) == [Item(f"{path}:2", "7", "https://a.example/", "hello")]
    assert said == [f"{path}: text from column 'Body', address from column 'link'."]
    named = Columns(text="key", url="link")
    assert [item.text for item in items_of(path, columns=named)] == ["7"]


def test_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    (item,) = items_of(path)
    assert item.failure is not None
    assert item.failure.reason == "no_column"
    assert "The columns are 'a', 'b'." in item.failure.detail
    (item,) = items_of(path, columns=Columns(text="c"))
    assert item.failure is not None
    assert "There is no column 'c'" in item.failure.detail


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [("a.jsonl", b"", b'{"text": "%s"}\n'), ("a.csv", b"text,url\n", b"%s,u\n")],
)
def test_bad_bytes_and_a_row_of_50_mb_are_named_and_the_rest_is_read(
    tmp_path: Path, name: str, head: bytes, row: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(head + row % b"one" + row % b"\xff\xfe" + row % (b"x" * 50_000_000) + row % b"four")
    first = 2 if head else 1
    expected = ["one", f"bad_encoding line {first + 1}", f"too_large line {first + 2}", "four"]
    assert told(items_of(path)) == expected
    assert told(items_of(path, size=1000)) == expected


def test_a_row_of_50_mb_and_many_lines_is_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'text,url\none,u\n"' + b"some words here\n" * (MAX_ROW_BYTES // 10) + b'",u\nlast,u\n')
    assert told(items_of(path)) == ["one", "bad_csv line 3", "last"]


def test_a_packed_file_that_breaks_off_says_after_which_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    whole = gzip.compress(b'{"text": "one"}\n' * 1000)
    path.write_bytes(whole[:-12])
    items = items_of(path)
    assert items[-1].failure is not None
    assert items[-1].failure.reason == "damaged"
    assert len(items) > 1
    assert items[-2].input in items[-1].failure.detail


def test_a_folder_is_read_in_order_and_says_what_it_left_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.html", "c.pdf", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    said: list[str] = []
    (shard,) = plan([str(tmp_path)], USUAL, said.append)
    found = [Path(path).relative_to(tmp_path).as_posix() for path in shard.paths]
    assert found == ["a.txt", "b/1.html", "b/2.txt"]
    assert said == [f"{tmp_path}: 1 file of other kinds left out."]


@pytest.mark.parametrize("name", ["ftp://a.example/", "ftp://a.example/b.jsonl", "file:///etc/passwd"])
def test_an_address_of_another_kind_is_refused_without_asking_for_it(name: str) -> None:
    (item,) = items_of(name)
    assert (item.input, item.failure and item.failure.reason) == (name, "bad_address")


@pytest.mark.parametrize("name", ["example.org", "example.org/story", "no.txt", "x" * 5000, "a\0b"])
def test_what_is_no_file_is_a_row_that_tells_how_an_address_begins(name: str) -> None:
    (item,) = items_of(name)
    assert item.failure is not None
    assert (item.failure.reason, item.failure.detail[:29]) == ("unreadable", "There is no such file or fold")
    assert [size for _, size, _ in stamps([name])] == [-1]


def test_a_packed_page_is_read_as_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>a</p>"))
    (item,) = items_of(tmp_path / "a.html.gz")
    assert (item.html, item.text) == ("<p>a</p>", None)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "url\nhttps://a.example/\n", True),
        ("a.csv", "url,text\nhttps://a.example/,words\n", False),
        ("a.jsonl", '{"text": "words"}\n{"url": "https://a.example/"}\n', True),
        ("a.jsonl", '{"text": "words"}\n{broken\n', False),
        ("a.txt", "https://a.example/", False),
    ],
)
def test_tables_are_looked_into_for_addresses_to_fetch(tmp_path: Path, name: str, content: str, expected: bool) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    (shard,) = plan([str(tmp_path / name)], USUAL, lambda _: None)
    assert holds_addresses(shard) is expected


def test_addresses_of_pages_go_together_and_addresses_of_data_files_do_not(tmp_path: Path) -> None:
    names = ["https://a.example/", "https://a.example/b.html", str(tmp_path / "no.jsonl"), "https://a.example/c"]
    assert [(shard.kind, len(shard.paths)) for shard in plan(names, USUAL, lambda _: None)] == [
        ("addresses", 2),
        ("nothing", 1),
        ("addresses", 1),
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:10.0.0.1]", "169.254.169.254"])
def test_a_data_file_at_a_private_address_is_refused(host: str) -> None:
    pytest.importorskip("aiohttp")
    (item,) = items_of(f"http://{host}:9/rows.jsonl")
    assert (item.failure and item.failure.reason) == "address_refused"


def test_no_connection_is_made_for_a_data_file_at_a_name_that_leads_to_a_private_address() -> None:
    pytest.importorskip("aiohttp")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        (item,) = items_of(f"http://localhost:{listening.getsockname()[1]}/rows.jsonl")
        assert item.failure is not None
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server of the files in tmp_path, parts of files too; it counts as public."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(b"", (tmp_path / self.path[1:]).stat().st_size)

        def do_GET(self) -> None:
            first, _, last = self.headers.get("Range", "bytes=0-999999999").removeprefix("bytes=").partition("-")
            part = (tmp_path / self.path[1:]).read_bytes()[int(first) : int(last) + 1]
            self.answer(part, len(part))

        def answer(self, body: bytes, size: int) -> None:
            assert self.headers["User-Agent"] == "unspun/0.1.0"
            self.send_response(206 if "Range" in self.headers else 200)
            self.send_header("Content-Length", str(size))
            self.send_header("Accept-Ranges", "bytes")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    monkeypatch.setattr("server.batch.http_files.check_public", lambda host, addresses: None)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def test_data_files_at_http_addresses_are_read_as_streams(site: str, tmp_path: Path) -> None:
    pytest.importorskip("aiohttp")
    pytest.importorskip("fastwarc")
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n{bad\n{"text": "three"}', "utf-8")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"text\none\ntwo\n"))
    (tmp_path / "a.wet.gz").write_bytes(b"".join(gzip.compress(record(number, b"words")) for number in range(3)))
    assert told(items_of(f"{site}/a.jsonl")) == ["one", "bad_json line 2", "three"]
    assert told(items_of(f"{site}/a.csv.gz")) == ["one", "two"]
    assert told(items_of(f"{site}/a.wet.gz")) == ["words", "words", "words"]


def test_files_in_a_store_are_read_through_fsspec() -> None:
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("memory").pipe("/bucket/a.jsonl", b'{"text": "one"}\n{"text": "two"}\n')
    assert told(items_of("memory://bucket/a.jsonl")) == ["one", "two"]
    assert told(items_of("memory://bucket/b.jsonl")) == ["unreadable None"]


class TestParquet:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """Four row groups of 100 rows."""
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        texts = [f"text {number} " * 20 for number in range(400)]
        table = pa.table({"id": list(range(400)), "text": texts})
        parquet.write_table(table, tmp_path / "a.parquet", row_group_size=100, compression="zstd", use_dictionary=False)
        return tmp_path / "a.parquet"

    def test_every_row_comes_however_it_is_cut(self, path: Path) -> None:
        items = items_of(path)
        assert [item.id for item in items] == list(range(400))
        assert items[399].input == f"{path}:400"
        assert items_of(path, size=1) == items

    def test_a_damaged_row_group_costs_its_own_rows(self, path: Path) -> None:
        from pyarrow import parquet

        column = parquet.ParquetFile(path).metadata.row_group(2).column(1)
        content = bytearray(path.read_bytes())
        begin = column.data_page_offset
        content[begin : begin + column.total_compressed_size] = b"\xff" * column.total_compressed_size
        path.write_bytes(content)
        reasons = [item.failure.reason if item.failure else "" for item in items_of(path)]
        assert reasons == [""] * 200 + ["bad_parquet"] * 100 + [""] * 100
        assert items_of(path)[200].failure.position == "row 201"  # type: ignore[union-attr]

    def test_a_file_that_is_no_parquet_is_one_failure(self, path: Path) -> None:
        path.write_bytes(path.read_bytes()[:-10])
        (item,) = items_of(path)
        assert (item.input, item.failure and item.failure.reason) == (str(path), "bad_parquet")

    def test_bytes_that_are_not_utf8_are_named(self, tmp_path: Path) -> None:
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        bad = pa.array([b"good", b"\xff\xfe", b"fine"], pa.binary()).cast(pa.string(), safe=False)
        parquet.write_table(pa.table({"text": bad}), tmp_path / "b.parquet")
        assert told(items_of(tmp_path / "b.parquet")) == ["good", "bad_encoding row 2", "fine"]


def record(number: int, body: bytes, kind: str = "conversion", content_type: str = "text/plain") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Identified-Content-Language: eng\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


class TestArchives:
    @pytest.fixture(autouse=True)
    def fastwarc(self) -> None:
        pytest.importorskip("fastwarc")

    @pytest.fixture
    def records(self) -> list[bytes]:
        """Six records of converted text."""
        return [record(number, f"words of {number} ".encode() * 40) for number in range(6)]

    def write(self, path: Path, records: list[bytes], packed: bool) -> list[int]:
        """The file, and where its records begin."""
        parts = [gzip.compress(one) if packed else one for one in records]
        path.write_bytes(b"".join(parts))
        return [sum(map(len, parts[:number])) for number in range(len(parts) + 1)]

    def test_a_wet_archive_gives_texts_with_address_date_and_language(
        self, tmp_path: Path, records: list[bytes]
    ) -> None:
        starts = self.write(tmp_path / "a.wet.gz", records, packed=True)
        items = items_of(tmp_path / "a.wet.gz")
        assert len(items) == 6
        assert items[1].input == f"{tmp_path / 'a.wet.gz'}:{starts[1]}"
        assert (items[1].url, items[1].date, items[1].language) == ("https://a.example/1", "2026-01-02", "eng")
        assert (items[1].text or "").startswith("words of 1 ")

    def test_of_a_warc_archive_responses_are_read_and_what_is_no_page_says_so(self, tmp_path: Path) -> None:
        def response(number: int, status: str, content_type: str) -> bytes:
            head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode()
            return record(number, head + b"<p>caf\xe9</p>", "response", "application/http; msgtype=response")

        parts = [
            record(0, b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
            response(1, "200 OK", "text/html; charset=iso-8859-1"),
            response(2, "404 Not Found", "text/html"),
            response(3, "200 OK", "image/png"),
        ]
        self.write(tmp_path / "a.warc", parts, packed=False)
        items = items_of(tmp_path / "a.warc")
        assert items[0].html == "<p>café</p>"
        assert [item.failure and item.failure.reason for item in items] == [None, "bad_status", "not_a_page"]

    @pytest.mark.parametrize("packed", [True, False])
    def test_an_archive_that_breaks_off_in_a_text_says_where(
        self, tmp_path: Path, records: list[bytes], packed: bool
    ) -> None:
        path = tmp_path / ("a.wet.gz" if packed else "a.wet")
        starts = self.write(path, records, packed)
        path.write_bytes(path.read_bytes()[:-30])
        items = items_of(path)
        assert [item.failure is None for item in items] == [True] * 5 + [False]
        assert told(items)[-1] == f"bad_warc byte {starts[5]}"

    def test_a_packed_archive_that_breaks_off_in_a_header_says_where(
        self, tmp_path: Path, records: list[bytes]
    ) -> None:
        path = tmp_path / "a.wet.gz"
        starts = self.write(path, records, packed=True)
        path.write_bytes(path.read_bytes()[: starts[5] + 8])
        assert told(items_of(path))[-1] == f"bad_warc byte {starts[5]}"
        assert len(items_of(path)) == 6

    def test_after_a_damaged_record_the_rest_is_read(self, tmp_path: Path, records: list[bytes]) -> None:
        path = tmp_path / "a.wet.gz"
        starts = self.write(path, records, packed=True)
        content = bytearray(path.read_bytes())
        content[starts[2] + 40] ^= 0xFF
        path.write_bytes(content)
        items = items_of(path)
        good = [item.url for item in items if item.failure is None]
        assert good == [f"https://a.example/{number}" for number in (0, 1, 3, 4, 5)]
        assert len(items) == 6

    def test_what_is_no_archive_is_one_failure(self, tmp_path: Path) -> None:
        (tmp_path / "a.warc").write_bytes(b"this is a letter to my aunt\n" * 100)
        assert told(items_of(tmp_path / "a.warc")) == ["bad_warc byte 0"]
