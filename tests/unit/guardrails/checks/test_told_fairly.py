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
TOGETHER = "Concomitant administration of fenoconazole increased the AUC of tremodan 2.4-fold."
OPTION = (
    "Melvacept is recommended as an option for adults whose ulcerative colitis is moderately to severely active, but only if a "
    "TNF-alpha inhibitor did not work, was not tolerated or does not suit them."
)
MOINS = "Après ouverture, conserver 28 jours à une température ne dépassant pas 25 °C."


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Among all patients, 47.3% responded, as did 52.1% of those with high expression.", OVERALL, "en"),
        ("Parmi tous les patients, 47,3 % ont répondu.", TOTALE, "fr"),
        ("A forgotten dose should be taken as soon as possible, but left out if the next one is due within 12 hours.", UNLESS, "en"),
        ("Une dose oubliée se prend dès que possible ; si la suivante est prévue dans moins de 12 heures, elle est omise.", SAUF, "fr"),
        ("Fenoconazole raised the AUC of tremodan 2.4-fold.", TOGETHER, "en"),
        (("Melvacept may be used for adults with moderate to severe active ulcerative colitis only when a TNF-alpha inhibitor has failed, "
         "is not tolerated or is not suitable."), OPTION, "en"),
        ("Conservation après ouverture : 28 jours, à une température qui ne doit pas être supérieure à 25 °C.", MOINS, "fr"),
        ("On ignore encore si l'effet se maintient après un an.", "Les chercheurs ne savent pas encore si cet effet dure au-delà d'un an.", "fr"),
        ("Chez le sujet de plus de 65 ans, diviser la dose par deux.", "Patients de plus de 65 ans : réduire la dose de moitié.", "fr"),
        ("Treatment was not blinded: both participants and investigators were aware of it.",
         "This was an open-label study; participants and investigators knew which treatment was given.", "en"),
        ("Because the clinical benefit is insufficient, the Committee does not consider reimbursement justified.",
         "The Committee considers that the clinical benefit is insufficient to justify reimbursement.", "en"),
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
        ("Associé au corvadol, tremodan a réduit de 40 % le risque de progression.",
         "L'association de tremodan au corvadol a réduit le risque de progression de 40 %.", "fr"),
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
         "L'association de tremodan au corvadol a réduit le risque de progression de 40 %.", "fr"),
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
        ("Increase the dose in patients on dialysis.",
         "It is not advised in patients who are on dialysis to increase the dose.", "en"),
        ("Tremodan tablets are injected once daily.", "Tremodan tablets are administered once daily.", "en"),
        ("In a blind study of 240 adults, tremodan was tolerated.", "In an open study of 240 adults, tremodan was tolerated.", "en"),
        ("Tremodan is recommended in non-diabetic adults with hypertension.",
         "Tremodan is not recommended in adults with hypertension.", "en"),
        ("Nonetheless, tremodan prolongs the QT interval.", "Tremodan does not prolong the QT interval.", "en"),
        ("Unlike tolmavir, tremodan is metabolised by CYP3A4.",
         "Tremodan is not metabolised by CYP3A4, as is tolmavir.", "en"),
        ("The six-minute walk distance improved by 12 m.",
         "The mean change in six-minute walk distance was −12 m.", "en"),
        ("In all patients, LDL cholesterol fell by 47%.", "Overall, LDL cholesterol fell by 47%.", "en"),
        ("Adverse events were recorded in 34 of 100 patients on placebo.",
         "Adverse events were recorded in 100 patients on tolmavir and 34 on placebo.", "en"),
        ("HbA1c rose from 8.3% to 7.1%.", "HbA1c was 8.3% at baseline and 7.1% at week 26.", "en"),
        ("Doses of 250 mg were given.", "Doses going from 50 to 250 mg were given.", "en"),
        ("Neutropénie de grade supérieur à 3 chez 12 patients.", "Neutropénie de grade ≥ 3 chez 12 patients.", "fr"),
        ("Tolmavir is given for 3 weeks.", "Tolmavir is given on day 1 of every 3-week cycle.", "en"),
    ],
)  # fmt: skip
def test_what_they_do_not_say_is_blocked(text: str, quote: str, language: Language) -> None:
    assert blocked(text, quote, language)
