"""A statement whose quotes share next to nothing with it is of another subject; one in other words is not."""

import pytest

from eval.judged import findings_on
from guardrails.model import Language


def of_another_subject(text: str, quote: str, language: Language = "en") -> bool:
    found = findings_on(text, language, [quote], language)
    return any(f.severity == "block" and {"covered", "alike"} & f.evidence.keys() for f in found)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Keep the bottle tightly closed and out of the sun.", "Nausea was seen in one patient in ten.", "en"),
        ("Velmora must not be started in these people.", "Bone density was measured at the hip.", "en"),
        ("Agiter le flacon avant chaque emploi.", "Aucune mutation n'a été retrouvée chez les témoins.", "fr"),
        # The medicine and its patients make no subject.
        ("Velmora must not be started in these patients.", "Of the patients on Velmora 12% had a headache, a cough or a sore throat at week 8.", "en"),
    ],
)  # fmt: skip
def test_another_sentence_of_the_label_is_of_another_subject(
    text: str, quote: str, language: Language
) -> None:
    assert of_another_subject(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("A forgotten tablet is made up within 8 hours.", "A missed dose may be taken if no more than 8 hours have elapsed.", "en"),
        ("Malabsorption of hyponatraemic origin: underdosing.", "Hyponatraemia and poor absorption follow from insufficient dosing.", "en"),
        ("On abaisse peu à peu, de 5 mg chaque semaine.", "L'arrêt se fait par paliers de 5 mg par semaine.", "fr"),
    ],
)  # fmt: skip
def test_what_shares_its_figures_or_the_forms_of_its_words_may_be_of_the_same(
    text: str, quote: str, language: Language
) -> None:
    assert not of_another_subject(text, quote, language)


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("Gardez le flacon bien fermé.", "fr", "Nausea was seen in one patient in ten.", "en"),
        ("The tablet is swallowed whole.", "en", "La densité osseuse a été mesurée à la hanche.", "fr"),
    ],
)
def test_a_translation_of_another_sentence_is_of_another_subject(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    found = findings_on(text, language, [quote], quoted)
    assert any(f.severity == "block" and "alike" in f.evidence for f in found)


@pytest.mark.parametrize(
    ("text", "language", "quote", "quoted"),
    [
        ("Somélia peut donner envie de dormir.", "fr", "Somélia peut provoquer une somnolence.", "fr"),
        (
            "Keep the bottle in the fridge.",
            "en",
            "À conserver au réfrigérateur, dans le flacon d'origine.",
            "fr",
        ),
        ("It can make you sleepy.", "en", "Drowsiness may occur.", "en"),
    ],
)
def test_the_same_in_other_words_or_another_language_is_not(
    text: str, language: Language, quote: str, quoted: Language
) -> None:
    found = findings_on(text, language, [quote], quoted)
    assert not any({"covered", "alike"} & f.evidence.keys() for f in found if f.severity == "block")
