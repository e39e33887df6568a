from assistant.retrieval.still_read import all_found

PASSAGES = [
    "The starting dose is 10 mg once daily. The target dose is 20 mg.",
    "Potassium is measured at week 1. It is measured again at week 4.",
]


def test_a_quote_stands_where_it_is_found_word_for_word() -> None:
    assert all_found(["The target dose is 20 mg.", "Potassium is measured at week 1."], PASSAGES)


def test_a_quote_of_which_one_number_changed_does_not_stand() -> None:
    assert not all_found(["The starting dose is 5 mg once daily."], PASSAGES)


def test_typography_alone_changes_nothing() -> None:
    assert all_found(["The  starting dose is 10\u00a0mg once daily."], PASSAGES)


def test_a_number_is_not_found_inside_another() -> None:
    assert not all_found(["0 mg once daily."], PASSAGES)


def test_a_quote_may_run_over_from_one_passage_into_the_next() -> None:
    assert all_found(["The target dose is 20 mg. Potassium is measured at week 1."], PASSAGES)


def test_every_quote_has_to_stand() -> None:
    assert not all_found(["The target dose is 20 mg.", "The target dose is 40 mg."], PASSAGES)


def test_nothing_stands_in_an_empty_source() -> None:
    assert not all_found(["The target dose is 20 mg."], [])
