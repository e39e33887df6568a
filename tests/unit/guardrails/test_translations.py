"""What a literal translation turns round, in both directions."""

import pytest

from guardrails.model import Language, Segment
from guardrails.translations import Translation, too_much_for_too_little, translation, turned_in_translation
from tests.builders.documents import citation

ENGLISH = "The dose should not exceed 20 mg once daily in adults."


def told(text: str, quote: str, language: Language = "fr") -> Translation:
    """The text, of a quote in the other language."""
    other: Language = "en" if language == "fr" else "fr"
    segment = Segment("s1", "statement", "dose", text, language, citations=(citation(quote, language=other),))
    found = translation(segment)
    assert found is not None
    return found


def turned(text: str, quote: str, language: Language = "fr") -> list[str]:
    return [found.what for found in turned_in_translation(told(text, quote, language))]


@pytest.mark.parametrize(
    ("text", "quote", "language", "what"),
    [
        ("La dose doit dépasser 20 mg une fois par jour chez l’adulte.", ENGLISH, "fr", "denial"),
        (
            "It should be split, crushed or chewed.",
            "Il ne doit être ni coupé, ni écrasé, ni croqué.",
            "en",
            "denial",
        ),
        (
            "Aucun effet n’a été observé sur la fertilité des rats.",
            "An effect on the fertility of rats was observed.",
            "fr",
            "denial",
        ),
        (
            "Le médicament a augmenté le risque de décès par rapport au placebo.",
            "The medicine reduced the risk of death compared with placebo.",
            "fr",
            "change",
        ),
        (
            "Strong inhibitors decreased the AUC 5.3-fold.",
            "Les inhibiteurs puissants ont multiplié l’ASC par 5,3.",
            "en",
            "change",
        ),
        (
            "Chez les patients ayant un DFGe d’au plus 60 mL/min, la dose était de 20 mg.",
            "In patients with an eGFR of at least 60 mL/min, the dose was 20 mg.",
            "fr",
            "limit",
        ),
        (
            "Liver function should be tested after the start of treatment.",
            "La fonction hépatique doit être évaluée avant le début du traitement.",
            "en",
            "time",
        ),
        (
            "Une hypotension survient au cours du traitement.",
            "Hypotension may occur during treatment.",
            "fr",
            "doubt",
        ),
    ],
)
def test_one_thing_told_otherwise_is_named(text: str, quote: str, language: Language, what: str) -> None:
    assert turned(text, quote, language) == [what]


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("La dose ne doit pas dépasser 20 mg une fois par jour chez l’adulte.", ENGLISH, "fr"),
        ("La dose maximale est de 20 mg une fois par jour chez l’adulte.", ENGLISH, "fr"),
        (
            "It should not be split, crushed or chewed.",
            "Il ne doit être ni coupé, ni écrasé, ni croqué.",
            "en",
        ),
        ("The trial included only 55 patients.", "L’essai n’a inclus que 55 patients.", "en"),
        (
            "The treatment may have played a role in the bleeding.",
            "Un rôle du traitement dans les saignements n’est pas exclu.",
            "en",
        ),
        (
            "Le comprimé peut être pris au cours ou en dehors des repas.",
            "The tablet may be taken with or without food.",
            "fr",
        ),
        ("On ignore si elle passe dans le lait.", "It is not known whether it passes into milk.", "fr"),
        ("Le comprimé est sécable en doses égales.", "The tablet may be split into equal doses.", "fr"),
        ("Utiliser qu’après avis du médecin.", "Use only before asking the doctor.", "fr"),
        (
            "Une hyperkaliémie plus faible, jamais plus de 5 mmol/L.",
            "Potassium was never above 5 mmol/L, and lower.",
            "fr",
        ),
    ],
)
def test_a_translation_in_other_words_is_left_to_the_reviewer(
    text: str, quote: str, language: Language
) -> None:
    assert turned(text, quote, language) == []


def test_two_things_told_otherwise_may_make_up_for_each_other() -> None:
    assert turned("Le traitement ne réduit pas le risque.", "The treatment increased the risk.") == []


def test_a_sentence_of_other_figures_or_length_is_no_literal_translation() -> None:
    assert turned("La dose doit dépasser 40 mg une fois par jour chez l’adulte.", ENGLISH) == []
    assert turned("Elle doit.", ENGLISH) == []


def test_one_sentence_may_translate_two() -> None:
    quote = "À conserver à une température inférieure à 25 °C. Ne pas congeler."
    assert turned("Store below 25 °C and do not freeze.", quote, "en") == []


def test_a_statement_in_its_quotes_language_is_no_translation() -> None:
    own = Segment("s1", "statement", "dose", f"{ENGLISH} Twice.", "en", citations=(citation(ENGLISH),))
    assert translation(own) is None


def test_too_little_for_too_much_is_named_with_the_word_of_the_quote() -> None:
    found = told("Le risque d’hypokaliémie est plus élevé.", "The risk of hyperkalaemia is higher.")
    assert [(word.split("’")[-1], other) for word, other in too_much_for_too_little(found)] == [
        ("hypokaliémie", "hyperkalaemia")
    ]
    both = told("Une hypokaliémie est possible.", "Hyperkalaemia and hypokalaemia may occur.")
    assert not list(too_much_for_too_little(both))
