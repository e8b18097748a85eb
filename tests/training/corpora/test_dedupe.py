from training.corpora.dedupe import Deduper, RepeatedParagraphs


def test_the_first_of_two_copies_is_kept(make_prose):
    deduper = Deduper()
    assert deduper.is_new(make_prose(20))
    assert not deduper.is_new(make_prose(20))


def test_case_and_punctuation_do_not_hide_a_copy(make_prose):
    deduper = Deduper()
    deduper.is_new(make_prose(20))
    assert not deduper.is_new(make_prose(20).upper().replace(".", " !"))


def test_a_text_with_half_of_another_is_a_copy(make_prose):
    deduper = Deduper()
    deduper.is_new(make_prose(40))
    assert not deduper.is_new(make_prose(20) + " " + make_prose(20, start=500))


def test_a_text_with_one_quoted_sentence_is_new(make_prose):
    deduper = Deduper()
    deduper.is_new(make_prose(1))
    assert deduper.is_new(make_prose(1) + " " + make_prose(40, start=500))


def test_texts_too_short_for_a_run_of_eight_words_are_compared_whole():
    deduper = Deduper()
    assert deduper.is_new("Only four words here.")
    assert not deduper.is_new("only four words here")


def test_a_paragraph_is_kept_twice_and_then_dropped():
    repeated = RepeatedParagraphs()
    kept = [repeated.drop(f"News of day {day}.\n\nAll rights reserved.") for day in range(3)]
    assert kept == [
        "News of day 0.\n\nAll rights reserved.",
        "News of day 1.\n\nAll rights reserved.",
        "News of day 2.",
    ]
