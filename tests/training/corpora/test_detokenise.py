from training.corpora.detokenise import detokenise, looks_tokenised


def test_tokenised_text_is_put_back_together():
    tokens = "`` I did n't see it , '' she said ; `` it 's dark ( and late ) . ''"
    assert detokenise(tokens) == '"I didn\'t see it," she said; "it\'s dark (and late)."'


def test_tokenised_text_is_told_from_ordinary_text():
    assert looks_tokenised("He came , he saw , he won . That was all .")
    assert not looks_tokenised("He came, he saw, he won. That was all. Odd , though.")
