import pytest

from guardrails.approved import contradiction
from guardrails.contrary import Opposition, against
from guardrails.model import Language


@pytest.mark.parametrize(
    ("language", "claim", "text"),
    [
        # allowed, forbidden
        ("en", "Pulmex must not be given to patients with asthma.", "Patients with asthma may receive Pulmex."),
        ("fr", "Pulmex ne doit pas être donné aux asthmatiques.", "Les asthmatiques peuvent recevoir Pulmex."),
        ("en", "Pulmex is safe during breastfeeding.", "Pulmex is contraindicated during breastfeeding."),
        ("fr", "Pulmex est compatible avec l'allaitement.", "Pulmex est proscrit pendant l'allaitement."),
        # needed, not needed
        ("en", "Potassium must be checked weekly on Diurex.", "On Diurex no potassium check is needed."),
        ("fr", "La kaliémie doit être surveillée sous Diurex.", "Sous Diurex, surveiller la kaliémie est inutile."),
        # changed, unchanged
        ("en", "Diurex lowers systolic pressure by 8 mmHg.", "Systolic pressure is no different on Diurex."),
        ("fr", "Diurex abaisse la pression systolique de 8 mmHg.", "La pression systolique est stable sous Diurex."),
        ("en", "Survival was similar with Diurex and with placebo.", "Survival was longer with Diurex than with placebo."),
        ("fr", "La survie était semblable sous Diurex et sous placebo.", "La survie a été prolongée par Diurex."),
        # alone, together
        ("en", "Onkavir is given in combination with cisplatin in lung cancer.", "In lung cancer Onkavir is given on its own."),
        ("fr", "Onkavir se donne en association au cisplatine dans le cancer du poumon.",
         "Dans le cancer du poumon, Onkavir se donne en monothérapie."),
        # first and later lines
        ("en", "Onkavir is a first-line treatment of lung cancer.", "Onkavir is kept for lung cancer once chemotherapy has failed."),
        ("fr", "Onkavir traite le cancer du poumon après échec d'un premier traitement.",
         "Onkavir traite d'emblée le cancer du poumon."),
        # denied, told
        ("en", "Sedalex does not cause daytime drowsiness.", "Daytime drowsiness was reported by 12% of people on Sedalex."),
        ("fr", "Sedalex n'entraîne pas de somnolence diurne.", "Une somnolence diurne touche 12 % des gens sous Sedalex."),
        # another amount
        ("en", "The dose of Sedalex is 20 mg once daily.", "The dose of Sedalex is 40 mg once daily."),
        ("fr", "Sedalex s'injecte tous les 3 mois contre la migraine.", "Contre la migraine, Sedalex s'injecte chaque semaine."),
        ("en", "Treatment of thrombosis with Trombex lasts at least 3 months.", "Six weeks of Trombex are enough to treat thrombosis."),
        ("fr", "Le traitement par Trombex ne doit pas dépasser 5 jours.", "Le traitement par Trombex se poursuit pendant 3 semaines."),
        # whom it is for
        ("en", "Pulmex is reserved for adults.", "Pulmex is indicated in adolescents."),
        ("fr", "Pulmex est indiqué chez l'enfant à partir de 12 ans.", "Pulmex est indiqué chez l'enfant à partir de 6 ans."),
        # how it is taken
        ("en", "Take Pulmex capsules with a meal.", "Pulmex capsules are taken on an empty stomach."),
        ("fr", "Les gélules de Pulmex se prennent à jeun.", "Les gélules de Pulmex se prennent pendant le repas."),
        ("fr", "Pulmex s'administre en une dose unique.", "Pulmex s'administre en trois doses."),
        ("en", "Pulmex can be stopped abruptly.", "Pulmex must be tapered gradually."),
        ("fr", "Pulmex s'administre par voie sous-cutanée.", "Pulmex s'administre par voie intraveineuse."),
        ("fr", "Pulmex ne passe pas dans le lait maternel.", "Pulmex est retrouvé dans le lait maternel."),
        ("en", "Pulmex reduced mortality by 21%.", "Mortality rose on Pulmex."),
        # two compared
        ("en", "Relapse occurred in 12% of patients with Pulmex and in 20% of patients with Sedalex.",
         "Relapse was more frequent on Pulmex than on Sedalex."),
        ("fr", "Pulmex soulage davantage la toux que Sedalex.", "Sedalex soulage davantage la toux que Pulmex."),
        # most people, few
        ("en", "Remission was reached by 68% of patients on Pulmex.", "Few patients on Pulmex reached remission."),
        ("fr", "Une rémission a été obtenue chez 12 % des patients sous Pulmex.",
         "La plupart des patients sous Pulmex ont obtenu une rémission."),
    ],
)  # fmt: skip
def test_the_contrary_of_a_claim_in_other_words_is_for_a_reviewer(
    language: Language, claim: str, text: str
) -> None:
    assert contradiction(text, language, claim) is not None


@pytest.mark.parametrize(
    ("language", "claim", "text"),
    [
        # agrees in other words
        ("en", "Pulmex must not be given to patients with asthma.", "Pulmex is contraindicated in patients with asthma."),
        ("fr", "Aucune adaptation de la dose n'est nécessaire chez le sujet âgé.",
         "Chez le sujet âgé, il n'est pas nécessaire d'adapter la dose."),
        ("en", "Diurex did not prolong the QTc interval.", "No prolongation of the QTc interval was seen on Diurex."),
        ("fr", "Diurex n'a pas augmenté le risque d'infection.", "Le risque d'infection n'a pas été augmenté par Diurex."),
        ("en", "Sedalex is injected every 4 weeks against migraine.", "Against migraine Sedalex is injected once a month."),
        ("fr", "La dose de Sedalex est de 2 g par jour.", "La dose de Sedalex est de 1 g deux fois par jour."),
        ("en", "Relapse was less frequent with Pulmex than with Sedalex.",
         "Relapse was more frequent with Sedalex than with Pulmex."),
        ("fr", "Le traitement par Trombex dure au moins 3 mois.", "Le traitement par Trombex dure au moins 90 jours."),
        ("en", "Remission was reached by 68% of patients on Pulmex.", "More than two thirds of patients on Pulmex reached remission."),
        # another population, time, dose, endpoint, organ, site, part of the treatment
        ("en", "No dose adjustment of Pulmex is needed in mild renal impairment.",
         "In severe renal impairment the dose of Pulmex must be halved."),
        ("fr", "Sedalex 5 mg n'a pas modifié le poids à 12 semaines.", "Sedalex 5 mg a augmenté le poids à 52 semaines."),
        ("en", "Nausea was rare with Pulmex.", "Headache was common with Pulmex."),
        ("fr", "Ostelia a réduit les fractures vertébrales de 50 %.", "Ostelia a réduit les fractures de la hanche de 30 %."),
        ("en", "The maintenance dose of Sedalex is 2 g daily.", "During a flare the dose of Sedalex is 4 g daily."),
        ("fr", "Sedalex n'allonge pas l'intervalle QTc.", "L'intervalle QTc s'allonge de 18 ms à huit fois la dose de Sedalex."),
        ("en", "Pulmex increased the risk of bleeding.", "Pulmex did not increase the risk of fatal bleeding."),
        ("fr", "La dose de Pulmex chez l'adulte est de 500 mg.", "En cas d'insuffisance rénale sévère, la dose de Pulmex est de 250 mg."),
        # the other side denied, another clause, the other company
        ("fr", "Pulmex doit être pris le soir.", "Pulmex ne doit pas être pris le matin."),
        ("en", "Mild impairment had no effect on exposure to Pulmex, whereas moderate impairment raised it 2.7 times.",
         "Moderate impairment raised exposure to Pulmex 2.7 times."),
        ("fr", "Sedalex réduit le poids de 3 kg.", "Le poids a diminué de 3 kg sous Sedalex alors qu'il n'a pas changé sous placebo."),
        # another medicine
        ("en", "Driving tests were normal after Sedalex.", "Driving tests were impaired after zopiclone."),
    ],
)  # fmt: skip
def test_what_agrees_or_is_of_something_else_is_left_alone(language: Language, claim: str, text: str) -> None:
    assert contradiction(text, language, claim) is None


def test_the_words_of_both_sides_are_told() -> None:
    claim = "Pulmex must not be given to patients with asthma."
    assert against("Patients with asthma may receive Pulmex.", "en", claim) == Opposition(
        said="may receive", held="must not be given"
    )


def test_what_only_speaks_against_a_claim_is_never_sure() -> None:
    found = contradiction(
        "Les gélules de Pulmex se prennent à jeun.", "fr", "Prendre les gélules de Pulmex pendant le repas."
    )
    assert found is not None
    assert not found.sure


def test_no_text_takes_long_to_be_read() -> None:
    claim = "Velmora reduced the risk of death compared with placebo; it did not reduce falls."
    for text in (
        f"Velmora reduced the risk of death more than {'la ' * 400}x.",
        f"Velmora{' ' * 4000}reduced deaths.",
    ):
        assert against(text, "en", claim, ("Velmora",)) is None
