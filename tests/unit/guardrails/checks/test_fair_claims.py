"""Comparisons, non-inferiority, laboratory data, ratings: what the catalogue asks of each (FR21, FR23, FR29, FR31, FR32)."""

import pytest

from tests.unit.guardrails.builders import SHEET, context, document, evidence, found, says, segment, statement

RIVALS = {**SHEET, "competitors": ["Rivalex"]}
BETTER = "Fewer patients died with Velmora than with Rivalex."
HARM = "Hyperkalaemia occurred in 11 % of patients on Velmora and in 6 % on Rivalex."


def test_a_comparison_needs_a_quote_that_compares() -> None:
    given = context(product=RIVALS)
    assert "no quote of it names Rivalex" in says("FR21", document(segment("Better than Rivalex")), given)[0]
    assert says("FR21", document(statement("Velmora beats Rivalex.", "Velmora was effective.")), given)
    assert says("FR21", document(segment("Unlike Rivalex, Velmora needs no titration.")), given)
    assert says("FR21", document(segment("Rivalex lowers pressure less than Velmora.")), given)


def test_a_comparison_tells_efficacy_and_harms_of_its_source() -> None:
    both = evidence(BETTER, HARM, source_kind="paper")
    given = context(both, product=RIVALS)
    one, other = statement(BETTER, BETTER, of=both), statement(HARM, HARM, of=both, lineage="x2")
    assert "from one side" in says("FR21", document(one), given)[0]
    assert not found("FR21", document(one, other), given)


@pytest.mark.parametrize(
    "text",
    [
        "The combination with Rivalex was not studied.",
        "Velmora lowers pressure better than placebo.",
        "Stop Rivalex 36 hours before.",
        "More than 10 patients took it. Rivalex was not allowed.",
    ],
)
def test_a_competitor_that_is_only_named_is_no_comparison(text: str) -> None:
    assert not found("FR21", document(segment(text)), context(product=RIVALS))


def test_pharmacology_is_not_compared_without_an_effect_on_patients() -> None:
    given = context(product=RIVALS)
    assert found("FR23", document(segment("The half-life of Velmora is longer than that of Rivalex.")), given)
    assert not found("FR23", document(segment("The half-life of Velmora is 12 hours.")), given)
    assert not found("FR23", document(segment("It binds the receptor more tightly than aldosterone.")), given)


QUOTE = "Velmora was non-inferior to enalapril (margin 10 %)."


@pytest.mark.parametrize("text", ["Velmora is as effective as enalapril.", "Velmora matches enalapril.", "Velmora is equivalent to enalapril."])  # fmt: skip
def test_non_inferior_is_not_called_more(text: str) -> None:
    assert "non-inferiority only" in says("FR29", document(statement(text, QUOTE)))[0]


def test_non_inferiority_is_told_with_its_margin() -> None:
    bare = "Velmora was non-inferior to enalapril."
    finding = found("FR29", document(statement(bare, bare)))[0]
    assert finding.severity == "needs_review"
    assert not found("FR29", document(statement(bare, QUOTE), statement(QUOTE, QUOTE, lineage="x2")))
    assert not found("FR29", document(statement(QUOTE, QUOTE)))
    denied = "Velmora was not non-inferior to enalapril."
    assert not found("FR29", document(statement(denied, denied)))
    asked = "The bioequivalence of the tablet was shown."
    assert not found("FR29", document(statement(asked, asked)))


def test_laboratory_data_are_called_so() -> None:
    quote = "In vitro, cardorelone reduced oxidative stress."
    assert found("FR31", document(statement("Cardorelone reduces oxidative stress.", quote)))
    assert not found("FR31", document(statement(quote, quote)))
    mixed = "In animals and in patients, cardorelone lowered pressure."
    assert not found("FR31", document(statement("Cardorelone lowers pressure.", mixed)))


def test_laboratory_data_promise_patients_nothing() -> None:
    promise = "In mice, Velmora reversed fibrosis, a promise for your patients."
    assert "promise" in says("FR31", document(statement(promise, promise)))[0]


def test_a_rating_is_told_with_its_opinions_year() -> None:
    rated = segment("SMR important et ASMR III dans l'insuffisance cardiaque.", language="fr")
    assert found("FR32", document(rated))
    dated = segment("Avis de la Transparence du 12 mars 2024.", language="fr", lineage="x2")
    assert not found("FR32", document(rated, dated))
    assert not found("FR32", document(segment("Le SMR est évalué par la HAS.", language="fr")))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Half as many patients died on Velmora.", "en"),
        ("A threefold drop in exacerbations.", "en"),
        ("Velmora prevented one in three deaths.", "en"),
        ("Moitié moins d'infarctus sous Velmora.", "fr"),
        ("Velmora évite un décès sur trois.", "fr"),
        ("Un AVC évité sur trois grâce à Velmora.", "fr"),
        ("Le nombre de décès chute des deux tiers.", "fr"),
    ],
)
def test_a_relative_effect_in_words_asks_for_an_absolute_one(text: str, language: str) -> None:
    assert found("FR30", document(statement(text, text, language=language)))


@pytest.mark.parametrize("text", ["Half of the patients were women.", "Take half as many tablets on dialysis days.", "A threefold increase of the dose."])  # fmt: skip
def test_a_share_of_anything_else_is_no_relative_effect(text: str) -> None:
    assert not found("FR30", document(statement(text, text)))


@pytest.mark.parametrize("text", ["Bonjour [Prénom],", "Dear <<Last Name>>,", "Dear *|FNAME|*,", "Dear %FIRSTNAME%,", "Dear XXXX,", "{first}"])  # fmt: skip
def test_what_a_template_leaves_open_stops_the_piece(text: str) -> None:
    assert found("EM7", document(segment(text), kind="email"))


@pytest.mark.parametrize("text", ["A result [1].", "Between 10 % and 20 %.", "the […] weeks", "p < 0.05 and > 0.01", "XXX", "[95 % CI 1 to 2]"])  # fmt: skip
def test_marks_of_a_text_are_no_placeholders(text: str) -> None:
    assert not found("EM7", document(segment(text), kind="email"))


def test_a_title_rests_on_the_quotes_of_its_piece_and_a_name_on_either_writing() -> None:
    given = context(product={**SHEET, "competitors": ["Énalorix"]})
    title = segment("Velmora versus Énalorix: what was found", lineage="t1")
    efficacy = "Fewer patients died with Velmora than with Enalorix."
    harms = "Hyperkalaemia occurred in 11 % of patients on Velmora and in 6 % on Enalorix."
    both = evidence(efficacy, harms, source_kind="paper")
    told = statement(efficacy, efficacy, of=both), statement(harms, harms, of=both, lineage="x2")
    assert not found("FR21", document(title, *told), given)
    assert found("FR21", document(title), given)[0].severity == "needs_review"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Les anomalies les plus fréquentes ont été une élévation des ALAT.", "The most frequent laboratory abnormalities were raised ALT."),
        ("Laboratory tests will help to detect hyperkalaemia early.", "Laboratory tests will help to detect hyperkalaemia early."),
    ],
)  # fmt: skip
def test_a_test_of_a_patients_blood_is_no_laboratory_finding(text: str, quote: str) -> None:
    assert not found("FR31", document(statement(text, quote)))


@pytest.mark.parametrize(
    "text", ["Mortality was raised in stage IV disease, SMR 3.2 (2.8 to 3.7).", "Le SMR (ratio standardisé de mortalité) était plus faible."]
)  # fmt: skip
def test_a_ratio_of_mortality_is_no_rating(text: str) -> None:
    assert not found("FR32", document(segment(text)))


def test_an_upper_bound_and_an_equivalent_dose_claim_nothing() -> None:
    for text in (
        "La borne supérieure de l'intervalle (1,08) était sous la marge de non-infériorité.",
        "It was non-inferior at a dose equivalent to 10 mg (margin 10 %).",
    ):
        assert not found("FR29", document(statement(text, QUOTE)))
