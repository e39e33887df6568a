from assistant.retrieval.collapse import Group, collapse

SAID = "The tablets are swallowed whole with a glass of water at about the same time each day, with or without food."


def test_what_is_repeated_for_another_presentation_is_one_hit_with_its_repeats() -> None:
    assert collapse([SAID, "Lactose.", SAID.replace("tablets", "capsules")], 5) == [
        Group(0, (2,)),
        Group(1, ()),
    ]


def test_another_number_is_another_fact() -> None:
    texts = [f"{SAID} The strength is 5 mg.", f"{SAID} The strength is 10 mg."]
    assert len(collapse(texts, 5)) == 2


def test_a_negation_is_another_fact() -> None:
    assert len(collapse([SAID, SAID.replace("are swallowed", "are not swallowed")], 5)) == 2


def test_no_more_are_shown_than_asked_for_and_their_repeats_are_still_counted() -> None:
    assert collapse([SAID, "Lactose.", SAID], 1) == [Group(0, (2,))]


def test_a_text_without_words_is_its_own_only_where_it_differs() -> None:
    assert collapse(["12", "13", "12"], 5) == [Group(0, (2,)), Group(1, ())]
