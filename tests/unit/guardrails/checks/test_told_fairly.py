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
        ("Treatment was not blinded: both participants and investigators were aware of it.",
         "This was an open-label study; participants and investigators knew which treatment was given.", "en"),
        ("Because the clinical benefit is insufficient, the Committee does not consider reimbursement justified.",
         "The Committee considers that the clinical benefit is insufficient to justify reimbursement.", "en"),
        ("By week 48, acuity had improved by a mean of 8.3 letters on tolmavir and 7.9 letters on aflexor.",
         "Mean change from baseline in acuity at week 48 was +8.3 letters with tolmavir and +7.9 letters with aflexor.", "en"),
        ("P-gp et BCRP transportent tolmavir in vitro, contrairement à OATP1B1.",
         "In vitro, tolmavir est un substrat de la P-gp et de la BCRP mais pas de l'OATP1B1.", "fr"),
        ("Tolmavir is paused in case of serious infection, for as long as it is not under control.",
         "Discontinue tolmavir if a serious infection develops until the infection is controlled.", "en"),
        ("For children, efficacy relies on what was demonstrated in adults.",
         "Efficacy in children is extrapolated from the efficacy demonstrated in adults.", "en"),
        ("Si la dose de 20 mg est mal tolérée, il faut la diminuer.",
         "La dose doit être diminuée si le patient ne tolère pas 20 mg.", "fr"),
        ("Non-responders should have their dose increased.",
         "The dose should be increased in patients who do not respond.", "en"),
        ("Throw away what has not been used instead of keeping it for later.",
         "Discard any unused portion; do not save for later use.", "en"),
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
        ("Discontinue tolmavir permanently if a serious infection develops.",
         "Discontinue tolmavir if a serious infection develops until the infection is controlled.", "en"),
        ("Interrompre définitivement le traitement en cas de neutropénie.",
         "Interrompre le traitement en cas de neutropénie jusqu'à correction.", "fr"),
        ("Efficacy was demonstrated in 58 children.",
         "Efficacy in children is extrapolated from that observed in adults, supported by pharmacokinetic data in 58 children.", "en"),
        ("L'efficacité chez l'enfant a été démontrée.",
         "L'efficacité chez l'enfant est extrapolée à partir des données de l'adulte.", "fr"),
        ("The investigator-assessed objective response rate was 47.3%.", "ORR by BICR was 47.3%.", "en"),
        ("Si la dose de 20 mg est tolérée, il faut la diminuer.",
         "La dose ne doit pas être diminuée si le patient tolère 20 mg.", "fr"),
        ("Responders should have their dose increased.",
         "The dose should not be increased in patients who respond.", "en"),
        ("Serious infections occurred only in patients taking immunosuppressants.",
         "Most patients who developed these infections were taking immunosuppressants.", "en"),
        ("La température de conservation ne doit pas être supérieure à 30 °C.", MOINS, "fr"),
        ("Chez le sujet de plus de 65 ans, diviser la dose par deux.", "Patients de plus de 65 ans : réduire la dose d'un tiers.", "fr"),
    ],
)  # fmt: skip
def test_what_they_do_not_say_is_blocked(text: str, quote: str, language: Language) -> None:
    assert blocked(text, quote, language)
