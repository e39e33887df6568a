"""What a market asks for beside the words: mentions, visa, product, audience, records."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guardrails.model import CheckContext, Document, Evidence, Segment
from tests.unit.guardrails.builders import (
    INDICATION,
    SHEET,
    context,
    document,
    evidence,
    found,
    says,
    segment,
    statement,
)

PASSAGE = evidence(INDICATION)
MENTIONS = (
    "Velmora 5 mg (cardorélone).",
    "Contre-indications : hypersensibilité. Mises en garde et précautions d’emploi : surveiller la kaliémie.",
    "Effets indésirables : hyperkaliémie.",
    "Liste I.",
    "Remboursé Séc. Soc. à 65 %, agréé collectivités.",
    "Base de données publique : https://example.org/medicament/69999991",
    "Déclarez tout effet indésirable suspecté à votre centre régional de pharmacovigilance.",
    "Document établi le 22 novembre 2026",
    "26/03/69999991/PM/001",
)


def piece(*texts: str) -> Document:
    lines = [
        Segment(f"m{number}", "fragment", "mention", text, "fr", fragment=f"m{number}@1")
        for number, text in enumerate(texts)
    ]
    indication = statement(INDICATION, INDICATION, of=PASSAGE, role="indication")
    return document(indication, *lines)


def without(word: str) -> Document:
    kept = [text for text in MENTIONS if word.lower() not in text.lower()]
    assert len(kept) < len(MENTIONS)
    return piece(*kept)


def given(**changes: Any) -> CheckContext:
    return context(PASSAGE, **changes)


@pytest.mark.parametrize("rule", ["FR1", "FR2", "FR3", "FR4", "FR5", "FR6", "FR7", "FR8", "FR9"])
def test_a_piece_with_all_mentions_is_complete(rule: str) -> None:
    assert says(rule, piece(*MENTIONS), given()) == []


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("FR1", "cardorélone"),
        ("FR3", "contre-indications"),
        ("FR3", "effets indésirables :"),
        ("FR4", "Liste I"),
        ("FR5", "Remboursé"),
        ("FR6", "https"),
        ("FR7", "Déclarez"),
        ("FR9", "établi"),
    ],
)
def test_a_missing_mention_is_named(rule: str, word: str) -> None:
    (finding, *_) = found(rule, without(word), given())
    assert (finding.severity, finding.where, finding.stage) == ("block", "piece", "submit")


class TestSafetyUnderAHeading:
    """A label's section 4.3 names what is contraindicated without the word: its heading says it."""

    text = "Insuffisance rénale terminale."
    of_label = evidence(
        text, heading="4.3 Contre-indications", section=("4.3 Contre-indications",), language="fr"
    )
    elsewhere = evidence(text, heading="4.2 Posologie", section=("4.2 Posologie",), language="fr")
    above = segment("Contre-indications", role="theme", lineage="t1", language="fr")

    def lacks(self, *segments: Segment, of: Evidence = of_label) -> set[object]:
        return {finding.evidence["code"] for finding in found("FR3", document(*segments), context(of))}

    def told(self, of: Evidence = of_label) -> Segment:
        return statement(self.text, self.text, of=of, language="fr")

    def test_what_stands_under_it_in_piece_and_label_counts(self) -> None:
        assert "contraindications" not in self.lacks(self.above, self.told())

    def test_without_the_heading_a_reader_does_not_see_what_it_is(self) -> None:
        assert "contraindications" in self.lacks(self.told())

    def test_a_heading_of_the_piece_alone_makes_no_contraindication(self) -> None:
        assert "contraindications" in self.lacks(self.above, self.told(self.elsewhere), of=self.elsewhere)
        assert "contraindications" in self.lacks(self.above)

    def test_a_heading_counts_for_its_own_subject_only(self) -> None:
        assert self.lacks(self.above, self.told()) == {"warnings", "adverse_reactions"}

    def test_seeing_a_doctor_is_a_warning_and_reading_the_label_is_none(self) -> None:
        warning = segment(
            "Surveiller l’humeur et consulter un médecin.", "fragment", "mention", language="fr"
        )
        pointer = segment("Mises en garde : consultez le RCP.", "fragment", "mention", language="fr")
        assert "warnings" not in self.lacks(warning)
        assert "warnings" in self.lacks(pointer)

    @pytest.mark.parametrize(
        "where",
        [
            "les mentions légales au verso",
            "le QR code",
            "ansm.sante.fr",
            "le RCP",
            "la notice de votre médicament",
            "votre espace professionnel",
        ],
    )
    def test_pointing_to_where_it_stands_tells_nothing(self, where: str) -> None:
        text = f"Contre-indications, mises en garde et effets indésirables : consultez {where}."
        pointer = segment(text, "fragment", "mention", language="fr")
        assert self.lacks(pointer) == {"contraindications", "warnings", "adverse_reactions"}

    @pytest.mark.parametrize(
        "whom",
        ["immédiatement un médecin", "votre pharmacien", "rapidement un ophtalmologiste", "le cardiologue"],
    )
    def test_sending_to_a_professional_tells_a_warning(self, whom: str) -> None:
        warning = segment(f"Précautions : consultez {whom}.", "fragment", "mention", language="fr")
        assert "warnings" not in self.lacks(warning)


def test_the_indication_may_stand_as_statement_or_in_the_sheet_s_words() -> None:
    lines = piece(*MENTIONS).segments[1:]
    assert found("FR2", document(*lines), given())
    assert not found(
        "FR2", document(*lines, segment("Indication : Velmora est indiqué chez l'adulte.")), given()
    )


@pytest.mark.parametrize(
    ("rule", "field", "told"),
    [
        ("FR1", "inn", "“Substance (INN)”"),
        ("FR4", "prescribing_class", "“Prescribing class (prescribing_class)”"),
        ("FR5", "reimbursement", "“Reimbursement (reimbursement)”"),
        ("FR6", "public_page", "“Public product page”"),
    ],
)
def test_an_incomplete_sheet_names_its_missing_field_as_its_page_does(
    rule: str, field: str, told: str
) -> None:
    sheet = {key: value for key, value in SHEET.items() if key != field}
    assert told in says(rule, piece(*MENTIONS), given(product=sheet))[0]


def test_a_missing_mention_is_asked_for_in_the_language_of_the_piece() -> None:
    sheet = {**SHEET, "prescribing_class": {"FR": {"en": "List I.", "fr": "Liste I."}}}
    english = without("Liste I")
    french = replace(english, language="fr")
    assert "Liste I." in says("FR4", french, given(product=sheet))[0]
    assert "List I." in says("FR4", english, given(product=sheet))[0]


def test_another_market_s_value_does_not_count() -> None:
    sheet = {**SHEET, "prescribing_class": {"EU": {"fr": "Liste I."}}}
    assert "prescribing_class" in says("FR4", piece(*MENTIONS), given(product=sheet))[0]


def test_a_set_daily_cost_stands_in_the_piece() -> None:
    sheet = {**SHEET, "daily_cost": {"FR": {"fr": "1,38 €"}}}
    (finding,) = found("FR8", piece(*MENTIONS), given(product=sheet))
    assert finding.severity == "warn"
    assert not found("FR8", piece(*MENTIONS, "Coût journalier : 1,38\u00a0€."), given(product=sheet))


def test_mentions_are_not_asked_of_medical_answers_and_briefs() -> None:
    with pytest.raises(AssertionError, match="does not run"):
        found("FR4", piece(), given(qualification="reactive_medical"))
    with pytest.raises(AssertionError, match="does not run"):
        found("FR4", replace(piece(), kind="brief"), given())


class TestInternalNumber:
    def release(self, **changes: Any) -> CheckContext:
        return given(stage="release", **changes)

    def test_it_is_asked_for_at_release(self) -> None:
        assert not says("FR10", piece(*MENTIONS), self.release())
        (finding,) = found("FR10", without("69999991/PM"), self.release())
        assert finding.stage == "release"

    def test_the_visa_may_give_it(self) -> None:
        visa = {"number": "26/03/69999991/PM/001"}
        assert not found("FR10", without("69999991/PM"), self.release(visa=visa))

    def test_it_names_the_product_s_code_and_audience(self) -> None:
        assert "69999991" in says("FR10", piece("26/03/60000000/PM/001"), self.release())[0]
        assert "GP" in says("FR10", piece("26/03/69999991/GP/001"), self.release())[0]


class TestVisa:
    visa: dict[str, object] = {  # noqa: RUF012  read only
        "number": "26/03/69999991/PM/001",
        "granted_on": date(2026, 3, 1),
        "expires_on": date(2028, 2, 29),
        "manifest_hash": "abc",
    }

    def release(self, **changes: object) -> CheckContext:
        return given(stage="release", visa={**self.visa, **changes}, manifest_hash="abc")

    def test_a_visa_in_force_for_these_bytes_raises_nothing(self) -> None:
        assert not found("FR11", piece(), self.release())
        assert not found("FR12", piece(), self.release())

    def test_it_is_not_asked_before_release(self) -> None:
        with pytest.raises(AssertionError, match="does not run"):
            found("FR11", piece(), given(stage="approve"))

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ({"number": ""}, "No visa"),
            ({"expires_on": None}, "No visa"),
            ({"expires_on": "2026-11-21"}, "ended on 2026-11-21"),
            ({"granted_on": "2026-11-23"}, "only from 2026-11-23"),
        ],
    )
    def test_a_visa_that_does_not_hold_blocks(self, change: dict[str, object], word: str) -> None:
        (finding,) = found("FR11", piece(), self.release(**change))
        assert (finding.severity, finding.overridable) == ("block", False)
        assert word in finding.message("en")

    def test_no_visa_at_all_blocks(self) -> None:
        assert found("FR11", piece(), given(stage="release"))

    def test_the_last_half_year_is_announced(self) -> None:
        (finding,) = found("FR11", piece(), self.release(expires_on="2027-01-31"))
        assert finding.severity == "info"

    def test_other_bytes_than_those_with_the_visa_block(self) -> None:
        assert found("FR12", piece(), self.release(manifest_hash="other"))


def test_a_frozen_product_stops_at_every_stage() -> None:
    frozen = {**SHEET, "status": "frozen"}
    for stage in ("draft", "submit", "release", "send", "turn"):
        (finding,) = found("FR13", piece(), given(product=frozen, stage=stage))
        assert (finding.severity, finding.overridable) == ("block", False)


def test_a_prescription_medicine_is_not_advertised_to_the_public() -> None:
    assert found("FR14", piece(), given(audience="public"))
    assert not found("FR14", piece(), given(audience="public", product={**SHEET, "public_advertising": True}))
    assert not found("FR14", piece(), given())


def test_additional_monitoring_wants_triangle_and_sentence() -> None:
    watched = given(product={**SHEET, "additional_monitoring": True})
    assert len(found("FR15", piece(), watched)) == 2
    full = piece("▼ Ce médicament fait l’objet d’une surveillance supplémentaire.")
    assert not found("FR15", full, watched)
    assert not found("FR15", piece(), given())


def test_new_is_said_for_one_year() -> None:
    doc = document(segment("A new option"))
    assert found("FR19", doc, given())
    assert not found("FR19", doc, given(today=date(2026, 3, 9)))
    assert found("FR19", doc, given(today=date(2026, 3, 10)))
    assert "marketing_date" in says("FR19", doc, given(product={"brand": "Velmora"}))[0]


def test_a_text_in_another_language_is_pointed_out_in_france() -> None:
    (finding,) = found("FR38", document(segment("Velmora"), language="en"), given())
    assert finding.severity == "warn"
    assert not found("FR38", document(segment("Velmora"), language="fr"), given())


@pytest.mark.parametrize(
    ("market", "rule", "stage", "key"),
    [
        ("US", "US5", "release", "form_2253"),
        ("UK", "UK1", "release", "certificate"),
        ("EU", "EU2", "release", "ai_mark"),
    ],
)
def test_a_record_that_a_market_asks_for(market: str, rule: str, stage: Any, key: str) -> None:
    assert found(rule, piece(), given(market=market, stage=stage))
    assert not found(rule, piece(), given(market=market, stage=stage, extra={key: "kept"}))


def test_british_items_carry_the_adverse_event_statement() -> None:
    text = "Adverse events should be reported. See www.mhra.gov.uk/yellowcard (Yellow Card)."
    assert found("UK3", piece(), given(market="UK"))
    assert not found("UK3", piece(text), given(market="UK"))
    assert found("UK5", document(segment("Approved by the MHRA")), given(market="UK"))


def test_american_items_carry_safety_and_prescribing_information() -> None:
    assert found("US2", piece(), given(market="US"))
    assert not found(
        "US2", piece("Important Safety Information", "Full Prescribing Information"), given(market="US")
    )


class TestChat:
    def turn(self, **changes: Any) -> CheckContext:
        return given(stage="turn", qualification="reactive_medical", **changes)

    def test_answers_are_for_staff_and_verified_professionals(self) -> None:
        assert found("CH1", piece(), self.turn())
        assert not found("CH1", piece(), self.turn(roles=frozenset({"hcp"})))
        assert not found("CH1", document(segment("Not found.")), self.turn())

    def test_the_reader_knows_that_an_ai_answers(self) -> None:
        assert found("EU1", piece(), self.turn())
        assert not found("EU1", piece(), self.turn(extra={"ai_disclosed": True}))
