from detector.text import BREAK, DIGIT, FIRST_LETTER, INVISIBLE_CHARACTERS, LOOK_ALIKE_LETTERS, OTHER_LETTER, symbolise


def letters(text: str) -> str:
    """The symbol row as letters, `_` for a separator, `0` for a digit, `?` for another script."""
    names = {0: "_", DIGIT: "0", OTHER_LETTER: "?"}
    return "".join(names.get(s) or chr(s - FIRST_LETTER + ord("a")) for s in symbolise(text).row.tolist())


def test_runs_of_separators_collapse_and_the_row_is_padded() -> None:
    assert letters("  Ab, \n c. ") == "_ab_c____"


def test_words_are_counted_as_a_person_counts_them() -> None:
    assert symbolise("It's well-known, she said: 12 times — no\n\nmore. ").count_words() == 9
    assert symbolise("").count_words() == symbolise(" \n").count_words() == 0


def test_an_empty_text_is_padding_only() -> None:
    assert letters("") == letters(" .. ") == "_____"


def test_accents_and_full_width_letters_fold_to_plain_ones() -> None:
    assert letters("Café ｎａïve Łódź") == "_cafe_naive_lodz____"
    assert letters("cafe\u0301") == "_cafe____"


def test_digits_are_one_symbol_and_other_scripts_another() -> None:
    assert letters("R2-D2 漢字") == "_r0_d0_??____"


def test_a_phrase_ends_at_punctuation_but_not_at_apostrophes_hyphens_or_line_ends() -> None:
    symbols = symbolise("it's well-known\nhere, there. Now")
    assert (symbols.breaks & BREAK).nonzero()[0].tolist() == [
        len("_it_s_well_known_here"),
        len("_it_s_well_known_here_there"),
    ]


def test_places_count_utf16_units_past_astral_characters() -> None:
    symbols = symbolise("😀 ab 𝒳 c")
    assert symbols.places.tolist() == [3, 4, 5, 9]


def test_invisible_characters_vanish_and_are_reported() -> None:
    symbols = symbolise("w\u200bo\u200br\u00add")
    assert letters("w\u200bo\u200br\u00add") == "_word____"
    assert symbols.places.tolist() == [0, 2, 4, 6]
    assert symbols.marks == (INVISIBLE_CHARACTERS,)


def test_look_alike_letters_read_as_ours_and_are_reported() -> None:
    disguised = "thе оnly pаge"  # Cyrillic е, о, а
    assert letters(disguised) == letters("the only page")
    assert symbolise(disguised).marks == (LOOK_ALIKE_LETTERS,)


def test_honest_cyrillic_and_greek_words_are_no_disguise() -> None:
    assert symbolise("The word мир means peace and Ελλάς means Greece").marks == ()


def test_lone_surrogates_nuls_and_right_to_left_marks_are_only_separators_or_nothing() -> None:
    assert letters("a\ud800b\x00c\u202ed") == "_a_b_cd____"
