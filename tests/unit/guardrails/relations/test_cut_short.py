"""A ban in its quote's own words ends where the quote's ends."""

import pytest

from guardrails.model import Language
from guardrails.relations.cut_short import ban_cut_short
from guardrails.relations.model import sentences


def heard(text: str, language: Language, quote: str) -> list[str]:
    found = ban_cut_short(sentences(text, language), sentences(quote, language))
    return [str(contradiction.evidence["words"]) for contradiction in found]


@pytest.mark.parametrize(
    ("text", "language", "quote", "words"),
    [
        ("Treatment should not be stopped.", "en", "Treatment should not be stopped abruptly.", "abruptly"),
        ("The cap should not be handled.", "en", "The cap should not be handled by people with a latex allergy.", "by people with a latex allergy"),
        ("Xyz must not be used.", "en", "Xyz must not be used after the expiry date.", "after the expiry date"),
        ("Xyz is contraindicated.", "en", "Xyz is contraindicated in severe hepatic impairment.", "in severe hepatic impairment"),
        ("Xyz ne doit pas être administré.", "fr", "Xyz ne doit pas être administré par voie intramusculaire.", "par voie intramusculaire"),
        ("Le traitement ne doit pas être arrêté.", "fr", "Le traitement ne doit pas être arrêté brutalement.", "brutalement"),
    ],
)  # fmt: skip
def test_what_the_ban_is_of_is_missed(text: str, language: Language, quote: str, words: str) -> None:
    assert heard(text, language, quote) == [words]


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("Treatment should not be stopped abruptly.", "en", "Treatment should not be stopped abruptly."),
        ("Xyz must not be used in pregnancy.", "en", "Xyz must not be used in pregnancy because of its effects on the foetus."),
        ("Xyz must not be used.", "en", "Xyz must not be used (see section 4.3)."),
        ("Xyz is not recommended.", "en", "Xyz is not recommended in view of the lack of data."),
        ("Xyz should be given.", "en", "Xyz should be given with food."),
        ("Xyz must not be crushed.", "en", "Xyz must not be crushed and must not be chewed."),
        ("Do not store the tablet.", "en", "Do not store the tablets above 25 °C."),
        ("Xyz n’est pas recommandé.", "fr", "Xyz n’est pas recommandé en raison de l’absence de données."),
    ],
)  # fmt: skip
def test_a_whole_ban_a_reason_and_another_clause_are_left(text: str, language: Language, quote: str) -> None:
    assert heard(text, language, quote) == []
