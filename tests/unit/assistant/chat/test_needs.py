"""What a question needs of an answer: its words, their other ways of being said, and how much each tells."""

from collections.abc import Mapping, Sequence

import pytest

from assistant.chat.needs import BY_CLASS, Need, needs_of
from assistant.retrieval.vocabulary import Vocabulary

FOUND_IN = {
    "potassium": 9,
    "dose": 30,
    "pruritus": 2,
    "strong": 4,
    "cyp3a4": 6,
    "inhibitor": 8,
    "tablet": 12,
    "velmora": 40,
}
VOCABULARY = Vocabulary(100, FOUND_IN)


def needs(question: str, writings: Mapping[str, Sequence[str]] | None = None) -> dict[str, Need]:
    return {need.word: need for need in needs_of(question, ("Velmora",), VOCABULARY, writings)}


def test_words_that_only_ask_and_the_product_are_no_needs() -> None:
    assert set(needs("What is known about velmora and alopecia in patients?")) == {"alopecia"}
    assert set(needs("que dire de l’alopécie sous velmora chez les patients ?")) == {"alopécie"}


def test_a_word_that_stands_nowhere_tells_the_most() -> None:
    found = needs("alopecia tablet")
    assert found["alopecia"].weight > found["tablet"].weight
    assert (found["alopecia"].known, found["tablet"].known) == (False, True)


def test_a_word_of_one_language_is_met_by_the_other_languages_word() -> None:
    assert needs("démangeaisons")["démangeaisons"].forms[frozenset({"pruritus"})] == 1.0


def test_a_medicine_is_met_less_by_its_class_than_by_its_name() -> None:
    forms = needs("ketoconazole ?")["ketoconazole"].forms
    assert forms[frozenset({"strong", "cyp3a4", "inhibitor"})] == BY_CLASS
    assert forms[frozenset({"ketoconazol"})] == 1.0


def test_a_medicine_is_known_by_its_ending() -> None:
    assert needs("palbociclib")["palbociclib"].medicine
    assert not needs("potassium")["potassium"].medicine


def test_a_slip_of_the_finger_is_met_by_the_word_that_was_meant() -> None:
    assert needs("potasium")["potasium"].known


@pytest.mark.parametrize(
    ("question", "concept"),
    [("is it safe when breastfeeding", "breastfeeding"), ("conduite auto", "driving")],
)
def test_a_word_of_a_subject_may_be_met_by_the_subject(question: str, concept: str) -> None:
    assert concept in {c.name for need in needs(question).values() for c in need.concepts}


def test_conduct_is_not_driving() -> None:
    assert not {c.name for need in needs("angioedème conduite à tenir").values() for c in need.concepts}


def test_values_of_a_measure_are_no_needs_and_other_numbers_are() -> None:
    assert [need.word for need in needs("eGFR 45 alopecia 300").values() if need.number] == ["300"]


def test_what_the_documents_explain_is_another_way_to_say_it() -> None:
    found = needs("XYZ ?", writings={"XYZ": ("pruritus",)})
    assert found["xyz"].forms[frozenset({"pruritus"})] == 1.0


class Rarity:
    """Long words are rare in writing at large."""

    @staticmethod
    def surprise(word: str) -> float:
        return 4.0 * len(word)


def test_an_everyday_word_that_stands_nowhere_tells_less_than_a_rare_one() -> None:
    told = {n.word: n for n in needs_of("ran gynaecomastia", (), VOCABULARY, rarity=Rarity())}
    assert told["ran"].weight == told["gynaecomastia"].weight
    assert told["ran"].telling < 0.5
    assert told["gynaecomastia"].telling > 0.95


def test_without_a_model_that_knows_writing_at_large_every_word_tells_alike() -> None:
    assert {need.telling for need in needs("ran gynaecomastia").values()} == {1.0}


@pytest.mark.parametrize("word", ["bp", "driving", "52", "imatinib"])
def test_shorthand_subjects_numbers_and_medicines_are_no_everyday_words(word: str) -> None:
    found = needs_of(f"velmora and {word}", ("Velmora",), VOCABULARY, rarity=Rarity())
    assert [need.telling for need in found] == [1.0]


@pytest.mark.parametrize(
    "question",
    [
        "Good morning, would you happen to know about alopecia? Many thanks",
        "A colleague on my ward noticed alopecia on Friday, is that alright?",
        "Bonjour docteur, conduite à tenir devant une alopécie depuis lundi svp, merci",
        "À quels moments cette dame peut-elle avoir une alopécie, au juste ?",
        "une alopécie, ça pose problème ou pas ?",
        "isn't alopecia a bad idea, by any chance?",
    ],
)
def test_speech_around_the_subject_is_no_need(question: str) -> None:
    assert set(needs(question)) <= {"alopecia", "alopécie"}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("does she have back pain", "back"),
        ("left ventricular function", "left"),
        ("who won the cup final", "won"),
        ("write a poem about tulips", "write"),
        ("une fois par jour", "jour"),
    ],
)
def test_a_word_that_may_be_the_subject_stays_a_need(question: str, word: str) -> None:
    assert word in needs(question)


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        ("she dropped the used pens, how do I get rid of the pens", "disposal"),
        ("que faire des seringues périmées", "disposal"),
        ("does it make people gain weight", "weight_gain"),
        ("ce médicament fait-il maigrir", "weight_loss"),
        ("il a zappé une prise", "missed"),
        ("aiguille : quelle longueur ?", "length"),
        ("on a démarré à combien", "starting"),
        ("elle donne le sein", "breastfeeding"),
        ("le ventre vide ?", "food"),
        ("are condoms needed after his last dose", "after_stopping"),
        ("quel taux viser sous traitement", "target_level"),
        ("how many patients were screened", "screening"),
        ("pic à quelle heure", "peak"),
    ],
)
def test_lay_speech_names_the_labels_subjects(question: str, concept: str) -> None:
    assert concept in {c.name for need in needs(question).values() for c in need.concepts}


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        ("discard the milk after the infusion", "disposal"),
        ("how long must she keep using it", "shelf_life"),
        ("mal au ventre vide de sens", "injection_site"),
        ("dose by body weight", "weight_gain"),
        ("length of treatment", "length"),
        ("peak expiratory flow", "peak"),
    ],
)
def test_a_neighbouring_way_of_speaking_does_not(question: str, concept: str) -> None:
    assert concept not in {c.name for need in needs(question).values() for c in need.concepts}


def test_shorthand_that_begins_with_a_number_is_what_it_stands_for() -> None:
    assert frozenset({"walk", "distanc"}) in needs("6MWD at 12 weeks")["mwd"].forms
    assert "a4" not in needs("strong 3A4 inhibitor") or len(needs("strong 3A4 inhibitor")["a4"].forms) == 1
