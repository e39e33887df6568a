import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.asked import language_of
from assistant.chat.question import concepts, mended, take_apart
from assistant.chat.wording import flat
from assistant.retrieval.language import spoken_language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Quelle est la posologie ?", "fr"),
        ("Et pendant l'allaitement ?", "fr"),
        ("Posologie chez le sujet âgé", "fr"),
        ("What is the dose?", "en"),
        ("Can it be used in pregnancy?", "en"),
        ("surdosage cat", "fr"),
        ("poso enfants", "fr"),
        ("kaliémie", "fr"),
        ("missed dose", "en"),
        ("severe impairment", "en"),
        ("Velmora", None),
        ("dose max", None),
    ],
)
def test_a_short_question_tells_its_language(question: str, language: str | None) -> None:
    assert spoken_language(question) == language


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("What is the recommended starting dose?", {"dose", "starting"}),
        ("Quelles sont les contre-indications ?", {"contraindication"}),
        ("Peut-on l’utiliser pendant la grossesse ?", {"pregnancy"}),
        ("How does it work?", {"mechanism"}),
        ("Que faire en cas de surdosage ?", {"overdose"}),
        ("OD management?", {"overdose"}),
        ("Which patients is it for?", {"indication"}),
        ("In which patients is it contraindicated?", {"contraindication"}),
        ("Is it contraindicated in which patients?", {"contraindication"}),
        ("Who can't take it?", {"contraindication"}),
        ("Chez quels patients est-il contre-indiqué ?", {"contraindication"}),
        ("Quels patients ne doivent pas le recevoir ?", {"contraindication"}),
        ("Pour quels patients est-il indiqué ?", {"indication"}),
    ],
)
def test_everyday_words_name_subjects(question: str, concepts: set[str]) -> None:
    assert {concept.name for concept in take_apart(question, (), frozenset()).concepts} == concepts


@pytest.mark.parametrize(
    ("question", "held", "language"),
    [
        ("clarithro", {"fr"}, "fr"),
        ("clarithro", {"fr", "en"}, "en"),
        ("clarithro", set(), "en"),
        ("What is the dose?", {"fr"}, "en"),
    ],
)
def test_a_word_of_no_language_is_answered_in_the_documents(
    question: str, held: set[str], language: str
) -> None:
    assert language_of(question, None, "en", lambda: held) == language


def test_the_products_names_are_no_need() -> None:
    asked = take_apart("Does Velmora cause alopecia?", ("Velmora",), frozenset())
    assert asked.words == (frozenset({"alopeci", "alopecia"}),) or all(
        "velmora" not in w for w in asked.words
    )
    assert len(asked.words) == 1


def test_a_subject_takes_its_whole_word() -> None:
    assert take_apart("Is there an interaction?", (), frozenset()).words == ()


def test_another_spelling_is_mended_to_the_word_of_the_documents() -> None:
    asked = take_apart("Does it cause gynecomastia?", (), frozenset({"gynaecomastia", "dizzi"}))
    assert asked.words == (frozenset({"gynaecomastia"}),)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word of a document, and the same with one letter more, fewer, other, or in the next one's place."""
    word = draw(st.text(string.ascii_lowercase, min_size=7, max_size=14))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word, draw(
        st.sampled_from([word[:at] + letter + word[at:], word[:at] + word[at + 1 :], swapped])
        | st.just(word[:at] + letter + word[at + 1 :])
    )


@given(slips())
def test_one_slip_anywhere_is_mended(pair: tuple[str, str]) -> None:
    word, typed = pair
    assert mended(frozenset({typed}), frozenset({word})) == {word}


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        ("May she nurse her newborn?", "breastfeeding"),
        ("Peut-elle nourrir son bébé ?", "breastfeeding"),
        ("How long must she avoid getting pregnant?", "contraception"),
        ("Combien de temps éviter une grossesse ?", "contraception"),
        ("At which pulse should it be withheld?", "stopping"),
        ("Quand le suspendre ?", "stopping"),
        ("condoms after stopping?", "after_stopping"),
        ("préservatif après l'arrêt", "after_stopping"),
        ("inject where", "injection_site"),
        ("injecter où ?", "administration"),
        ("NST ?", "needed_to_treat"),
        ("target lvl", "target_level"),
        ("age 17, ok?", "children"),
        ("aged 6-11 dose?", "children"),
        ("aged 6 to 11", "children"),
        ("18 months old", "children"),
        ("under 12s", "children"),
        ("dose in toddlers", "children"),
        ("dose chez l'ado", "children"),
    ],
)
def test_lay_words_name_subjects(question: str, concept: str) -> None:
    assert concept in {found.name for found in take_apart(question, (), frozenset()).concepts}


def test_who_avoids_pregnancy_does_not_ask_about_it() -> None:
    asked = take_apart("Combien de temps éviter d'être enceinte après l'arrêt ?", (), frozenset())
    assert {concept.name for concept in asked.concepts} == {"contraception", "after_stopping"}


@pytest.mark.parametrize(
    ("question", "concept", "asked"),
    [
        ("How long after the last dose of Velmora is contraception needed?", "shelf_life", False),
        ("How long do the reactions usually last?", "shelf_life", False),
        ("How long does an opened vial last?", "shelf_life", True),
        ("How long can it be kept?", "shelf_life", True),
        ("How long before the first injection is the antibiotic started?", "administration", False),
        ("How many times is it injected?", "administration", False),
        ("How is it injected?", "administration", True),
    ],
)
def test_how_long_asks_for_a_time_and_of_what_is_kept_only_where_it_says_so(
    question: str, concept: str, asked: bool
) -> None:
    found = {one.name for one in take_apart(question, ["Velmora"], frozenset()).concepts}
    assert (concept in found) is asked


@pytest.mark.parametrize(
    ("sentence", "on_it"),
    [
        ("Le névirolol est un antagoniste sélectif des récepteurs bêta.", True),
        ("Dormelin is a short-acting agonist of melatonin receptors.", True),
        ("Dormelin is a strong inhibitor of CYP2D6.", False),
        ("The antagonist was given first.", False),
    ],
)
def test_what_a_medicine_is_tells_how_it_acts(sentence: str, on_it: bool) -> None:
    assert bool(concepts()["mechanism"].said.search(flat(sentence))) is on_it


def test_a_mean_age_or_a_later_one_is_no_child_s() -> None:
    for question in ("mean age 12", "aged 65", "age 17.5%", "aged 6 to 80", "aged 12-75", "Child-Pugh B"):
        assert "children" not in {found.name for found in take_apart(question, (), frozenset()).concepts}
