from assistant.retrieval.shorthand import written_out


def test_shorthand_is_written_out_in_both_languages() -> None:
    found = written_out("AVC chez les pts ?")
    assert found["avc"] == ("stroke", "accident vasculaire cérébral")
    assert found["pts"] == ("patients", "patients")


def test_two_words_may_be_one_term() -> None:
    assert "half-life" in written_out("demi vie du médicament")["demi vie"]


def test_an_ordinary_sentence_holds_little_of_it() -> None:
    assert written_out("The tablet must not be split or crushed.") == {}
    assert written_out("Le comprimé ne doit pas être écrasé.") == {}
