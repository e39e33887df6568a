from eval.training_sets import french_questions, french_titles


def test_every_french_question_has_what_answers_it() -> None:
    examples = french_questions()
    assert len(examples.questions) > 150
    assert all(examples.relevant[key] for key in examples.questions)
    assert {key for found in examples.relevant.values() for key in found} <= examples.documents.keys()


def test_no_question_is_asked_twice() -> None:
    asked = list(french_questions().questions.values())
    assert len(asked) == len(set(asked))


def test_a_heading_asks_for_a_text_from_which_it_was_taken_away() -> None:
    examples = french_titles()
    assert all(title == "" for title, _ in examples.documents.values())
    assert examples.questions.keys() == examples.documents.keys()
