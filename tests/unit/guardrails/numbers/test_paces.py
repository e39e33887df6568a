"""How often: an adjective, a shorthand and a limit are held against the paces that the quotes know."""

import pytest

from guardrails.model import Language
from guardrails.numbers.match import missing

MONTHS = ("Consultations were performed every 3 months.", "en")
WEEK = ("Inject it once a week.", "en")
DAY = ("Take it once daily.", "en")


def misses(statement: str, language: Language, quote: tuple[str, str]) -> list[str]:
    return [m.quantity.text for m in missing(statement, language, [quote])]


@pytest.mark.parametrize(
    ("statement", "language", "quote"),
    [
        ("Les patients étaient vus en consultation bimensuelle.", "fr", MONTHS),
        ("Les patients étaient vus en consultation bimestrielle.", "fr", MONTHS),
        ("Les consultations étaient semestrielles.", "fr", MONTHS),
        ("Une injection mensuelle.", "fr", WEEK),
        ("Une injection bihebdomadaire.", "fr", WEEK),
        ("Voir le patient chaque semaine.", "fr", ("Voir le patient chaque mois.", "fr")),
        ("Prise biquotidienne.", "fr", DAY),
        ("Prendre 1 jour sur 2.", "fr", DAY),
        ("Give it weekly.", "en", DAY),
        ("Inject it monthly.", "en", WEEK),
        ("Take it qod.", "en", DAY),
        ("A biweekly injection.", "en", ("Inject it once a month.", "en")),
        ("Annual check.", "en", ("Check every six months.", "en")),
        ("Check it semi-annually.", "en", ("Check it once a year.", "en")),
        ("Contrôle bisannuel.", "fr", ("Contrôle deux fois par an.", "fr")),
        ("Take it at least q4h.", "en", ("Take it no more often than every 4 hours.", "en")),
        ("Take it every 4 hours at most.", "en", ("Take it at least every 4 hours.", "en")),
        ("Prendre au moins toutes les 4 h.", "fr", ("Take it every 4 hours.", "en")),
    ],
)
def test_another_pace_is_missed(statement: str, language: Language, quote: tuple[str, str]) -> None:
    assert misses(statement, language, quote)


@pytest.mark.parametrize(
    ("statement", "language", "quote"),
    [
        ("Les consultations étaient trimestrielles.", "fr", MONTHS),
        ("Une visite bimestrielle.", "fr", ("Une visite tous les deux mois.", "fr")),
        ("Une injection bimensuelle.", "fr", ("Une injection toutes les deux semaines.", "fr")),
        ("A biweekly injection.", "en", ("Inject it twice a week.", "en")),
        ("A biweekly injection.", "en", ("Inject it every two weeks.", "en")),
        ("Une injection mensuelle.", "fr", ("An injection every 4 weeks.", "en")),
        ("Contrôle biannuel.", "fr", ("Contrôle tous les six mois.", "fr")),
        ("Prendre 1 jour sur 2.", "fr", ("Take it on alternate days.", "en")),
        ("Prise quotidienne de 20 mg.", "fr", ("20 mg par jour.", "fr")),
        ("It is taken daily.", "en", ("It is taken twice daily.", "en")),
        ("Take it at least q4h.", "en", ("Take it every 4 hours at least.", "en")),
        ("Monthly migraine days fell with weekly injections.", "en", ("Migraine days fell with injections once a week.", "en")),
        ("Daily life improved with twice-weekly injections.", "en", ("Autonomy improved with injections twice a week.", "en")),
        ("La dose hebdomadaire est de 40 mg.", "fr", ("40 mg, en deux prises par semaine.", "fr")),
        ("Weekly checks for the first month of daily treatment.", "en", ("Check every week in the first month; treatment is once daily.", "en")),
    ],
)  # fmt: skip
def test_the_same_pace_in_other_words_stands(
    statement: str, language: Language, quote: tuple[str, str]
) -> None:
    assert not misses(statement, language, quote)
