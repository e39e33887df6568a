"""FR16, FR17: a French promotional piece praises neither what the medicine does nor the medicine itself, in whatever order of words."""

import pytest

from guardrails.lexicon import find
from tests.unit.guardrails.builders import document, found, segment

ENGLISH = [
    "excellent efficacy and tolerability",
    "Efficacy and tolerability were excellent.",
    "Tolmavir offers remarkable long-term efficacy.",
    "The efficacy of tolmavir is outstanding.",
    "Tolmavir has a unique safety profile.",
    "Tolmavir is a unique treatment.",
    "Tolmavir is ideal for your older patients.",
    "the perfect choice in gout",
    "exceptional and lasting control of gout",
    "an impressive clinical response",
    "a dramatic improvement of quality of life",
    "Tolmavir is very effective.",
    "It is very well tolerated.",
    "unequalled efficacy",
    "Tolmavir is simply the best.",
    "Ensure optimal protection with Ancrage.",
    "Ancrage has established excellent efficacy.",
    "Ancrage is not only highly effective.",
    "Ancrage: the ideal choice for patients who do not tolerate metformin.",
    "For this condition, Ancrage is the ideal choice.",
    "Excellent efficacy with a 5-point reduction in the pain score.",
    "Tolmavir is the ideal choice because it is not sedating.",
    "Never compromise: excellent tolerability.",
    "At any time, the ideal treatment.",
    "Maintain optimal control with tolmavir.",
]
FRENCH = [
    "Une efficacité et une tolérance excellentes.",
    "efficacité et tolérance excellentes",
    "La tolérance du tolmavir est excellente.",
    "Les résultats obtenus sont tout à fait remarquables.",
    "Son efficacité clinique s’est avérée exceptionnelle.",
    "d’excellents résultats",
    "une remarquable efficacité",
    "parfaite tolérance",
    "Le tolmavir est idéal chez le sujet âgé.",
    "Le tolmavir est un médicament unique.",
    "un profil de tolérance unique",
    "un traitement sans équivalent",
    "une efficacité sans égale",
    "une efficacité inégalée",
    "des bénéfices spectaculaires",
    "un contrôle parfait de la goutte",
    "des options thérapeutiques idéales",
    "Sans contrainte alimentaire Ancrage est le traitement idéal.",
    "Ne cherchez plus : Ancrage est le choix idéal.",
    "Protection optimale, pas de contrainte.",
    "Efficacité optimale observée dès la première prise.",
    "Effets indésirables rares, tolérance exceptionnelle.",
    "Dans ces conditions, Ancrage est le traitement idéal.",
    "24 heures sur 24, la solution idéale.",
    "Une efficacité remarquable, faible risque",
    "Le tolmavir n’est pas seulement un traitement idéal.",
    "Ni contrainte ni surveillance : la solution idéale.",
    "Une tolérance excellente, bonne observance.",
]
NEUTRAL_ENGLISH = [
    "The correlation between the two assays was excellent.",
    "Excellent agreement was found.",
    "The response was rated as excellent, good or poor.",
    "A unique dose of 5 mg is given.",
    "Each patient has a unique identifier.",
    "The unique treatment code is kept by the pharmacist.",
    "The dose is based on ideal body weight.",
    "In exceptional cases the dose may be doubled.",
    "A dramatic fall in blood pressure was seen.",
    "A highly effective method of contraception must be used.",
    "The optimal duration of treatment is not known.",
    "Tablets should ideally be taken in the morning.",
    "Optimal blood pressure control should be sought.",
    "The optimal therapeutic benefit is reached after 8 weeks.",
    "Exercise tolerance was excellent.",
    "Tolmavir is not an ideal treatment of acute attacks.",
    "The optimal response to treatment has not been established.",
    "The dose should be adjusted to maintain optimal control.",
    "Optimal protection is obtained about 2 weeks after vaccination.",
    "Optimal results may not be seen until week 8.",
]
NEUTRAL_FRENCH = [
    "La corrélation entre les deux dosages était excellente.",
    "Une dose unique de 5 mg est administrée.",
    "Le numéro unique du patient est conservé.",
    "À prendre idéalement le matin.",
    "La dose est calculée d’après le poids idéal.",
    "L’efficacité était jugée excellente, bonne ou nulle.",
    "Dans des cas exceptionnels, la dose peut être doublée.",
    "Une baisse spectaculaire de la tension a été décrite.",
    "L’efficacité maximale est atteinte en 4 semaines.",
    "Le traitement unique de 5 jours.",
    "Un contrôle optimal n’est pas toujours obtenu.",
    "Des effets indésirables graves sont exceptionnels.",
    "L'efficacité d'une dose unique a été étudiée.",
    "Le profil après doses uniques est linéaire.",
    "La tolérance à l'effort est excellente.",
    "Une réponse exceptionnelle de type DRESS a été rapportée.",
    "Ce n’est pas un traitement idéal de la crise.",
    "La réponse optimale est obtenue après 8 semaines.",
    "La protection maximale est obtenue environ 2 semaines après la vaccination.",
    "Aucun traitement idéal n’existe.",
    "La posologie est ajustée pour obtenir un contrôle optimal.",
]


@pytest.mark.parametrize("text", [*ENGLISH, *FRENCH])
def test_praise_is_heard_before_and_after_what_it_praises(text: str) -> None:
    piece = document(segment(text, language="en" if text in ENGLISH else "fr"))
    (finding, *_) = [*found("FR17", piece), *found("FR16", piece)]
    assert finding.severity == "block"


@pytest.mark.parametrize("text", [*NEUTRAL_ENGLISH, *NEUTRAL_FRENCH])
def test_a_neutral_use_of_such_a_word_is_left_alone(text: str) -> None:
    assert not list(find(text, "en" if text in NEUTRAL_ENGLISH else "fr", ("EXCESS", "RANK")))
