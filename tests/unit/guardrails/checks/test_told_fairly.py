"""Rewordings that say what their quote says in another construction wait for the reviewer; the lies beside them are blocked."""

import pytest

from eval.judged import judge
from guardrails.model import Language


def blocked(text: str, quote: str, language: Language) -> bool:
    return judge(text, language, [quote], language) == "block"


OVERALL = "The response rate was 47.3% overall and 52.1% in the high-expression subgroup."
TOTALE = "Dans la population totale, le taux de réponse était de 47,3 %."
UNLESS = "If a dose is missed, take it as soon as possible unless the next dose is due within 12 hours."
SAUF = "En cas d'oubli, prendre la dose dès que possible, sauf si la prochaine dose est prévue dans moins de 12 heures."
TOGETHER = "Concomitant administration of ketoconazole increased the AUC of tremodan 2.4-fold."
OPTION = (
    "Melvacept is recommended as an option for treating moderately to severely active ulcerative colitis in adults only if a "
    "TNF-alpha inhibitor has not worked, cannot be tolerated or is unsuitable."
)
MOINS = "Après ouverture, conserver 28 jours à une température ne dépassant pas 25 °C."


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Among all patients, 47.3% responded, as did 52.1% of those with high expression.", OVERALL, "en"),
        ("Parmi tous les patients, 47,3 % ont répondu.", TOTALE, "fr"),
        ("A forgotten dose should be taken as soon as possible, but left out if the next one is due within 12 hours.", UNLESS, "en"),
        ("Une dose oubliée se prend dès que possible ; si la suivante est prévue dans moins de 12 heures, elle est omise.", SAUF, "fr"),
        ("Ketoconazole raised the AUC of tremodan 2.4-fold.", TOGETHER, "en"),
        (("Melvacept may be used for adults with moderate to severe active ulcerative colitis only when a TNF-alpha inhibitor has failed, "
         "is not tolerated or is not suitable."), OPTION, "en"),
        ("Conservation après ouverture : 28 jours, à une température qui ne doit pas être supérieure à 25 °C.", MOINS, "fr"),
        ("On ignore encore si l'effet se maintient après un an.", "Les chercheurs ne savent pas encore si cet effet dure au-delà d'un an.", "fr"),
        ("Chez le sujet de plus de 65 ans, diviser la dose par deux.", "Patients de plus de 65 ans : réduire la dose de moitié.", "fr"),
        ("Associé au létrozole, tremodan a réduit de 40 % le risque de progression.",
         "L'association de tremodan au létrozole a réduit le risque de progression de 40 %.", "fr"),
    ],
)  # fmt: skip
def test_another_construction_waits_for_the_reviewer(text: str, quote: str, language: Language) -> None:
    assert not blocked(text, quote, language)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("All patients responded.", OVERALL, "en"),
        ("Among all patients, 52.1% responded.", "The response rate was 52.1% in the high-expression subgroup.", "en"),
        ("Tous les patients ont répondu.", TOTALE, "fr"),
        ("Adorvan lowered LDL levels by 20%.", "The combination of adorvan and bemicor lowered LDL levels by 20%.", "en"),
        ("Tremodan a réduit le risque de progression de 40 %.",
         "L'association de tremodan au létrozole a réduit le risque de progression de 40 %.", "fr"),
        ("La température de conservation ne doit pas être supérieure à 30 °C.", MOINS, "fr"),
        ("Chez le sujet de plus de 65 ans, diviser la dose par deux.", "Patients de plus de 65 ans : réduire la dose d'un tiers.", "fr"),
    ],
)  # fmt: skip
def test_what_they_do_not_say_is_blocked(text: str, quote: str, language: Language) -> None:
    assert blocked(text, quote, language)
