"""Which slide a turn of a recording speaks to."""

from assistant.corpus.decks import slides_of_turns

SLIDES = [
    (1, "Welcome and agenda of the evening"),
    (2, "Primary endpoint: deaths and hospitalisations fell by 23%"),
    (4, "Hyperkalaemia: check serum potassium and adapt the dose"),
]


def test_turns_follow_the_words_of_the_slides() -> None:
    turns = [
        (1, "", "Good evening and welcome, here is the agenda."),
        (2, "", "Fewer deaths and fewer hospitalisations: the primary endpoint is met."),
        (3, "", "Let me say that again."),
        (4, "", "Now potassium. Check the serum potassium, then adapt the dose."),
    ]
    slides, likeness = slides_of_turns(turns, SLIDES, "en")
    assert slides == {1: 1, 2: 2, 3: 2, 4: 4}
    assert likeness > 0.2


def test_a_chapter_that_names_a_slide_tells_it_whatever_the_words() -> None:
    turns = [(1, "Slide 4: Safety", "Good evening and welcome."), (2, "Slide 9: none", "Welcome and agenda.")]
    assert slides_of_turns(turns, SLIDES, "en")[0][1] == 4


def test_another_subject_is_not_alike() -> None:
    turns = [(1, "", "The harvest of apples was early this year in the valley.")]
    assert slides_of_turns(turns, SLIDES, "en")[1] < 0.12


def test_nothing_matches_nothing() -> None:
    assert slides_of_turns([], SLIDES, "en") == ({}, 0.0)
    assert slides_of_turns([(1, "", "words")], [], "en") == ({}, 0.0)
