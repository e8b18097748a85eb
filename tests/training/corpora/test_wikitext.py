from training.corpora.readers.wikitext import strip_wikitext


def test_mark_up_goes_and_the_words_of_links_stay():
    source = (
        "{{Infobox|a={{b}}}}\n'''Oak''' is a [[tree]] of the [[Quercus|oak family]].<ref>Smith</ref>\n"
        "== Uses ==\n* wood\n[[File:oak.jpg|thumb|An [[oak]]]]It is {{convert|30|m|ft}} and [http://a.example hard]."
    )
    assert strip_wikitext(source).split("\n") == [
        "",
        "Oak is a tree of the oak family.",
        "",
        "",
        "It is 30 m and hard.",
    ]
