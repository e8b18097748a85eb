from training.corpora.markup import paragraphs_of


def test_paragraphs_are_taken_and_menus_code_and_tables_left():
    page = (
        "<html><nav><p>Home</p></nav><h1>Title</h1><p>One <b>bold</b> word.<p>Two &amp; three."
        "<pre>code</pre><table><tr><td><p>cell</p></td></tr></table><dl><dd>A definition.</dd></dl></html>"
    )
    assert paragraphs_of(page) == "One bold word.\n\nTwo & three.\n\nA definition."


def test_tables_that_make_the_layout_are_read_when_asked_for():
    assert paragraphs_of("<table><tr><td><p>The text.</p></td></tr></table>", tables=True) == "The text."


def test_docbook_paragraphs_in_divisions_are_taken():
    assert paragraphs_of('<div class="para">A paragraph.</div><div>Not one.</div>') == "A paragraph."
