"""GR1 to GR4: every factual sentence quotes an approved source and says no more than it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guardrails.attestation import fingerprint
from guardrails.model import CitedReference, Document, Language, SegmentKind
from guardrails.runner import run
from tests.unit.guardrails.builders import (
    INDICATION,
    LABEL,
    RESULT,
    SAFETY,
    citation,
    context,
    document,
    evidence,
    facts,
    found,
    says,
    segment,
    statement,
)

LABEL_PASSAGE = evidence(*LABEL)


def citing(doc: Document, *notes: CitedReference) -> Document:
    """The document, its first citation from a slide with these footnotes."""
    first, *rest = doc.segments
    cited = replace(first.citations[0], references=notes)
    return replace(doc, segments=(replace(first, citations=(cited,)), *rest))


def verdict(text: str, *quotes: str) -> str:
    doc = document(statement(text, *quotes, of=LABEL_PASSAGE))
    return run(doc, context(LABEL_PASSAGE, stage="draft")).verdicts["x1"]


class TestEveryFactCites:
    def test_a_statement_without_citation_is_blocked(self) -> None:
        doc = document(segment("It reduces mortality.", "statement", "result"))
        (finding,) = found("GR1", doc)
        assert (finding.severity, finding.overridable, finding.where) == ("block", False, "x1")

    def test_a_citation_whose_evidence_is_gone_is_blocked(self) -> None:
        doc = document(statement(INDICATION, INDICATION, of=LABEL_PASSAGE))
        other = evidence("Something else.", passage="p2")
        assert "no longer among the approved evidence" in says("GR1", doc, context(other))[0]

    def test_a_quote_that_a_newer_reader_does_not_find_is_blocked_and_no_other_of_its_passage(self) -> None:
        gone = statement(INDICATION, INDICATION, of=LABEL_PASSAGE)
        kept = replace(statement(SAFETY, SAFETY, of=LABEL_PASSAGE), id="x2")
        key = (gone.citations[0].passage, gone.citations[0].quote_sha256)
        read_again = context(LABEL_PASSAGE, extra={"read_otherwise": frozenset({key})})
        (finding,) = found("GR1", document(gone, kept), read_again)
        assert (finding.severity, finding.where) == ("block", "x1")
        assert "does not find this quote there" in finding.message("en")
        assert not found("GR1", document(gone, kept), context(LABEL_PASSAGE))

    def test_a_fragment_names_its_approved_text(self) -> None:
        doc = document(segment("Liste I.", "fragment", "mention"))
        assert found("GR1", doc)
        assert not found("GR1", document(replace(doc.segments[0], fragment="class@1")))

    @pytest.mark.parametrize(
        "text",
        [
            "Velmora reduces mortality",
            "Mortality fell by 20 %",
            "Velmora is the treatment of choice",
            "A well-tolerated treatment",
            "Better than placebo",
            "Caution is required in patients with renal impairment.",
            "A hazard ratio of 0.77",
            "Take 10 mg",
        ],
    )
    def test_a_fact_in_a_title_is_blocked(self, text: str) -> None:
        assert found("GR1", document(segment(text)))

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Velmora: key moments", "en"),
            ("Safety", "en"),
            ("Results of the ORIENT-HF trial", "en"),
            ("Treatment of type 2 diabetes", "en"),
            ("3 key messages in 2 minutes", "en"),
            ("Dear Dr Martin,", "en"),
            ("Read the full product information", "en"),
            ("This quiz is about the treatment of heart failure.", "en"),
            ("Drawn up on 22 November 2026", "en"),
            ("European congress 2026", "en"),
            ("What is the starting dose?", "en"),
            ("Velmora : moments clés", "fr"),
            ("Données d’efficacité et de tolérance", "fr"),
            ("Bonjour", "fr"),
            ("Pour en savoir plus, consultez le RCP.", "fr"),
            ("5 questions pour tester vos connaissances", "fr"),
            ("À la suite de notre échange, voici ce que disent les documents approuvés sur Velmora.", "fr"),
            ("Publicité – information destinée aux professionnels de santé", "fr"),
            ("Document établi le 22 novembre 2026", "fr"),
        ],
    )
    def test_a_title_that_only_names_its_subject_stands(self, text: str, language: str) -> None:
        doc = document(replace(segment(text), language=language))
        assert says("GR1", doc) == []

    @pytest.mark.parametrize(
        "text", ["Velmora réduit la mortalité", "Bien toléré", "Une efficacité supérieure", "Baisse de 12 %"]
    )
    def test_a_fact_in_a_french_title_is_blocked(self, text: str) -> None:
        assert found("GR1", document(replace(segment(text), language="fr")))

    @pytest.mark.parametrize("kind", ["structure", "question", "option"])
    def test_a_text_that_a_person_wrote_beside_the_statements_waits_for_a_reviewer(
        self, kind: SegmentKind
    ) -> None:
        text = "Have you thought of Velmora?"
        assert not found("GR1", document(segment(text, kind, "context")))
        (waiting,) = found("GR1", document(segment(text, kind, "context", wording="human")))
        assert (waiting.severity, waiting.where) == ("needs_review", "x1")

    def test_a_price_may_stand_in_a_mention_and_a_claim_may_not(self) -> None:
        assert not found("GR1", document(segment("Reimbursed at 65 %. EUR 41.40.", role="mention")))
        assert found("GR1", document(segment("Reimbursed at 65 %. It reduces mortality.", role="mention")))


class TestQuotesAgree:
    def test_a_faithful_quote_stands(self) -> None:
        assert not found("GR4", document(statement(RESULT, RESULT, of=LABEL_PASSAGE, wording="verbatim")))

    def test_a_quote_changed_after_verification_is_blocked(self) -> None:
        cited = replace(citation(INDICATION, LABEL_PASSAGE), quote=INDICATION.replace("adults", "children"))
        doc = document(segment(INDICATION, "statement", "indication", citations=(cited,)))
        assert "not what" in says("GR4", doc)[0]

    def test_a_changed_hash_is_blocked(self) -> None:
        cited = replace(citation(INDICATION, LABEL_PASSAGE), quote_sha256="0" * 64)
        assert found("GR4", document(segment(INDICATION, "statement", citations=(cited,))))

    def test_a_changed_place_is_blocked(self) -> None:
        good = citation(INDICATION, LABEL_PASSAGE)
        cited = replace(good, spans=(replace(good.spans[0], text="Something else."),))
        assert (
            "does not hold it"
            in says("GR4", document(segment(INDICATION, "statement", citations=(cited,))))[0]
        )

    def test_a_quote_cut_to_part_of_a_sentence_is_blocked(self) -> None:
        cut = "Velmora is indicated in adults"
        cited = replace(citation(INDICATION, LABEL_PASSAGE), quote=cut)
        assert found("GR4", document(segment(cut, "statement", citations=(cited,))))

    def test_a_borrowed_source_is_blocked(self) -> None:
        cited = replace(citation(INDICATION, LABEL_PASSAGE), source="paper")
        assert (
            "another source" in says("GR4", document(segment(INDICATION, "statement", citations=(cited,))))[0]
        )

    def test_verbatim_is_decided_by_the_text_not_by_the_mark(self) -> None:
        doc = document(statement("It helps adults.", INDICATION, of=LABEL_PASSAGE, wording="verbatim"))
        assert "not the words of the quote" in says("GR4", doc)[0]


class TestVerdicts:
    @pytest.mark.parametrize("quote", LABEL)
    def test_a_verbatim_whole_sentence_passes(self, quote: str) -> None:
        assert verdict(quote, quote) == "pass"

    def test_one_sentence_of_a_longer_quote_passes(self) -> None:
        assert verdict(SAFETY, f"{RESULT} {SAFETY}") == "pass"

    def test_a_reworded_statement_waits_for_a_reviewer(self) -> None:
        assert (
            verdict("Hyperkalaemia was the most common adverse reaction (11.8 %).", SAFETY) == "needs_review"
        )

    def test_attestation_settles_a_reworded_statement(self) -> None:
        doc = document(
            statement(
                "Hyperkalaemia was the most common adverse reaction (11.8 %).", SAFETY, of=LABEL_PASSAGE
            )
        )
        given = context(LABEL_PASSAGE, stage="draft", attested=frozenset({"x1"}))
        assert run(doc, given).verdicts["x1"] == "pass"

    def test_attestation_settles_no_block(self) -> None:
        doc = document(statement("Hyperkalaemia occurred in 12 %.", SAFETY, of=LABEL_PASSAGE))
        given = context(LABEL_PASSAGE, stage="draft", attested=frozenset({"x1"}))
        assert run(doc, given).verdicts["x1"] == "block"

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("Velmora is indicated in children for the treatment of chronic heart failure.", INDICATION),
            ("Velmora is indicated in patients for the treatment of chronic heart failure.", INDICATION),
            ("Velmora is not indicated in adults for the treatment of chronic heart failure.", INDICATION),
            ("The most common adverse reaction was hyperkalaemia (11.9 %).", SAFETY),
            (
                "The primary endpoint occurred in 282 (23.4 %) of 1,207 patients, a protective result.",
                RESULT,
            ),
            ("All patients had hyperkalaemia (11.8 %).", SAFETY),
            ("In EMPA-REG, hyperkalaemia was the most common adverse reaction (11.8 %).", SAFETY),
        ],
    )
    def test_a_statement_that_says_something_else_is_blocked(self, text: str, quote: str) -> None:
        assert verdict(text, quote) == "block"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It reduces potassium.", "It may reduce potassium."),
        ("It reduces events.", "It does not reduce events."),
        ("It does not reduce events.", "It reduces events."),
        ("Potassium decreases with it.", "Potassium increases with it."),
        ("It causes fewer falls.", "It was associated with fewer falls."),
        ("It is superior to the other drug.", "It is non-inferior to the other drug."),
        ("It works in women.", "It works in adults."),
        ("It is used first.", "It is used only in second line."),
        ("It is used for heart failure.", "It is used in combination with a beta-blocker for heart failure."),
        ("It helps most patients.", "It helps some patients."),
        ("It was lower than with placebo.", "It was lower than before."),
    ],
)
def test_a_word_of_meaning_that_is_added_lost_or_turned_round_blocks(text: str, quote: str) -> None:
    passage = evidence(quote)
    findings = found("GR2", document(statement(text, quote, of=passage)), context(passage))
    assert "block" in {finding.severity for finding in findings}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Il peut réduire la kaliémie chez l’adulte.", "It may reduce serum potassium in adults."),
        ("Non recommandé pendant la grossesse.", "It is not recommended during pregnancy."),
        ("En association avec un bêtabloquant.", "It is used in combination with a beta-blocker."),
        ("Le risque augmente chez les sujets âgés.", "The risk increases in the elderly."),
    ],
)
def test_a_faithful_translation_waits_for_a_reviewer_and_is_not_blocked(text: str, quote: str) -> None:
    passage = evidence(quote)
    translated = replace(statement(text, quote, of=passage), language="fr")
    findings = found("GR2", document(translated), context(passage))
    assert [finding.severity for finding in findings] == ["needs_review"]
    assert "ranslation" in findings[0].message("en")


def test_a_translation_that_drops_a_doubt_is_blocked_and_names_it() -> None:
    passage = evidence("It may reduce serum potassium in adults.")
    doc = document(
        replace(statement("Il réduit la kaliémie chez l’adulte.", passage.text, of=passage), language="fr")
    )
    turned, waiting = found("GR2", doc, context(passage))
    assert (turned.severity, turned.evidence["what"]) == ("block", "a doubt into a certainty")
    assert passage.text in turned.message("fr")
    assert waiting.evidence["differences"] == ["hedge"]


def test_a_translation_that_drops_a_denial_is_blocked() -> None:
    passage = evidence("It does not reduce serum potassium in adults.")
    doc = document(
        replace(statement("Il réduit la kaliémie chez l’adulte.", passage.text, of=passage), language="fr")
    )
    assert "block" in {finding.severity for finding in found("GR2", doc, context(passage))}


def test_the_numbers_of_a_question_and_its_key_stand_in_the_feedback_s_quotes() -> None:
    def quiz(stem: str, key: str) -> list[str]:
        doc = document(
            segment(stem, "question", "question", "q", group="q1"),
            segment(key, "option", "key", "k", group="q1"),
            segment("99 %", "option", "distractor", "d", group="q1"),
            statement(SAFETY, SAFETY, of=LABEL_PASSAGE, role="feedback", group="q1"),
            kind="quiz",
        )
        return [finding.where for finding in found("GR3", doc)]

    assert quiz("How common was hyperkalaemia?", "11.8 %") == []
    assert quiz("How common was hyperkalaemia?", "12.8 %") == ["k"]
    assert quiz("Of 900 patients, how many had hyperkalaemia?", "11.8 %") == ["q"]


class TestJudgesNote:
    REWORDED = "Hyperkalaemia was seen in 21.8 % of patients, its most common reaction."

    def judge_of(self, note: object) -> tuple[set[str], dict[str, Any]]:
        said = statement(self.REWORDED, SAFETY, of=LABEL_PASSAGE)
        ctx = context(LABEL_PASSAGE, extra={"judgements": {fingerprint(said): note}})
        findings = found("GR2", document(said), ctx) + found("GR3", document(said), ctx)
        (judge,) = [f.evidence["judge"] for f in findings if "judge" in f.evidence]
        assert isinstance(judge, dict)
        return {f.severity for f in findings}, judge

    def test_a_judge_who_says_that_all_is_carried_unblocks_nothing(self) -> None:
        severities, judge = self.judge_of({"name": "liar", "score": 1.0, "why": "trust me"})
        assert severities == {"block", "needs_review"}
        assert (judge["name"], judge["score"]) == ("liar", 1.0)

    @pytest.mark.parametrize("score", [None, "supported", 7, -1, float("nan"), [1]])
    def test_nonsense_for_a_score_is_none_and_the_embedded_judge_stands_in(self, score: object) -> None:
        severities, judge = self.judge_of({"name": "liar", "score": score, "why": "model_malformed"})
        assert severities == {"block", "needs_review"}
        assert str(judge["name"]).startswith("signals@")
        assert judge["unscored"] == {"name": "liar", "why": "model_malformed"}

    @pytest.mark.parametrize("note", [None, "yes", 1])
    def test_a_broken_note_is_passed_over(self, note: object) -> None:
        assert str(self.judge_of(note)[1]["name"]).startswith("signals@")


class TestStems:
    TITLE = "Velmora label"
    GAPPED = SAFETY.replace("11.8 %", "[…]")

    def waits(self, stem: str, **changes: Any) -> list[str]:
        doc = document(
            replace(segment(stem, "question", "question", "q", group="q1"), **changes),
            segment("11.8 %", "option", "key", "k", group="q1"),
            statement(SAFETY, SAFETY, of=LABEL_PASSAGE, role="feedback", group="q1"),
            kind="quiz",
        )
        return [f.where for f in found("GR2", doc) if f.severity == "needs_review"]

    def test_a_quoted_sentence_with_a_gap_passes(self) -> None:
        assert self.waits(f"According to “{self.TITLE}”, what completes this sentence? “{self.GAPPED}”") == []

    def test_a_question_in_free_words_waits_for_a_reviewer(self) -> None:
        assert self.waits("How common was hyperkalaemia?") == ["q"]

    def test_another_sentence_in_the_gap_or_a_fact_in_the_frame_waits_too(self) -> None:
        assert self.waits("The rarest adverse reaction was hyperkalaemia ([…]).") == ["q"]
        assert self.waits(f"Velmora reduces mortality by 20 %. What completes this? “{self.GAPPED}”") == ["q"]

    def test_what_a_person_wrote_waits_by_another_rule(self) -> None:
        assert self.waits("How common was hyperkalaemia?", wording="human") == []


class TestTitles:
    TITLE = "Velmora: summary of product characteristics, 14 February 2025"
    source = facts(title=TITLE)

    def question(self, stem: str) -> list[str]:
        doc = document(
            segment(stem, "question", "question", "q", group="q1"),
            statement(SAFETY, SAFETY, of=LABEL_PASSAGE, role="feedback", group="q1"),
            kind="quiz",
        )
        return [finding.where for finding in found("GR3", doc, context(source=self.source))]

    def test_a_question_may_name_its_source_whose_title_holds_a_date(self) -> None:
        assert self.question(f"According to “{self.TITLE}”, how common was hyperkalaemia?") == []

    def test_the_rest_of_that_question_is_still_read(self) -> None:
        assert self.question(f"According to “{self.TITLE}”, how many of 900 patients?") == ["q"]

    def test_another_date_and_a_title_without_quotation_marks_are_read(self) -> None:
        assert self.question("According to “Velmora, 15 February 2025”, how common was it?") == ["q"]
        assert self.question(f"According to {self.TITLE}, how common was it?") == ["q"]

    def test_a_heading_may_quote_a_title_s_numbers_and_not_its_claims(self) -> None:
        title = "Velmora in 2,412 patients reduces mortality"
        quoted = facts(title=title)
        cited = statement(SAFETY, SAFETY, of=LABEL_PASSAGE)
        doc = document(segment(f"From “{title}”", role="section"), cited)
        kinds = [f.evidence["kinds"] for f in found("GR1", doc, context(source=quoted))]
        assert len(kinds) == 1
        assert "quantity" not in kinds[0]
        bare = document(segment(f"From “{title}”", role="section"))
        assert "quantity" in next(f.evidence["kinds"] for f in found("GR1", bare, context(source=quoted)))


class TestSources:
    doc = document(statement(INDICATION, INDICATION, of=LABEL_PASSAGE, role="indication"))

    def test_a_source_in_force_for_this_use_raises_nothing(self) -> None:
        assert not found("GR7", self.doc)
        assert not found("GR8", self.doc)

    @pytest.mark.parametrize(
        ("status", "word"),
        [
            ("pending", "is waiting for approval"),
            ("superseded", "is replaced"),
            ("expired", "is expired"),
            ("withdrawn", "is withdrawn"),
        ],
    )
    def test_a_source_that_is_not_approved_is_blocked(self, status: str, word: str) -> None:
        assert word in says("GR7", self.doc, context(source=facts(status=status)))[0]

    def test_an_approval_holds_through_its_last_day(self) -> None:
        last_day = facts(expires_on=date(2026, 11, 22))
        assert not found("GR7", self.doc, context(source=last_day))
        assert found("GR7", self.doc, context(source=facts(expires_on=date(2026, 11, 21))))

    def test_an_unknown_source_is_blocked(self) -> None:
        assert found("GR7", self.doc, context(sources={}))

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ({"markets": frozenset({"EU"})}, "market France (only European Union)"),
            ({"audiences": frozenset({"public"})}, "audience health professionals (only general public)"),
            ({"uses": frozenset({"internal"})}, "promotional use"),
        ],
    )
    def test_no_market_audience_or_use_implies_another(
        self, change: dict[str, frozenset[str]], word: str
    ) -> None:
        assert word in says("GR8", self.doc, context(source=facts(**change)))[0]

    def test_an_indication_quoted_from_a_deck_waits_for_a_reviewer(self) -> None:
        (finding,) = found("GR9", self.doc, context(source=facts(kind="deck")))
        assert finding.severity == "needs_review"
        assert not found("GR9", self.doc)

    def test_a_paper_wants_its_reference(self) -> None:
        assert found("GR5", self.doc, context(source=facts(kind="paper")))
        full = facts(kind="paper", reference="Roux A, Martin B. ORIENT-HF. Eur J Example. 2024;1:1-9.")
        assert not found("GR5", self.doc, context(source=full))

    def test_a_poster_is_no_publication_in_france(self) -> None:
        assert found("GR6", self.doc, context(source=facts(kind="paper", title="ORIENT-HF (poster, 2024)")))

    def test_a_slides_reference_that_nobody_registered_is_said(self) -> None:
        text = "Roux A, et al. Eur J Example 2024;1:1-9."
        (finding,) = found("GR6", citing(self.doc, CitedReference("1", text)))
        assert finding.severity == "warn"
        assert text in finding.messages["en"]
        assert not found("GR6", citing(self.doc, CitedReference("1", text, "source_1")))
        since = context(extra={"registered": {text: "source_1"}})
        assert not found("GR6", citing(self.doc, CitedReference("1", text)), since)

    def test_a_slide_that_rests_on_a_poster_is_blocked_in_france(self) -> None:
        note = CitedReference("1", "Roux A. Poster, congress of 2024.", "source_1")
        (finding,) = found("GR6", citing(self.doc, note))
        assert finding.severity == "block"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It is not contraindicated in adults.", "It is contraindicated in adults."),
        ("It may rise and will fall with the dose.", "It may rise and may fall with the dose."),
        ("M1 decreased while M2 decreased by 25 %.", "M1 increased while M2 decreased by 25 %."),
        ("It is no substrate of CYP3A4 and it is a substrate of P-gp.", "It is no substrate of CYP3A4 and it is not a substrate of P-gp."),
        ("The rate of IL-7 is known in all of them.", "The rate of IL-6 is known in all of them."),
    ],
)  # fmt: skip
def test_one_word_changed_in_a_sentence_that_holds_another_of_its_kind_blocks(text: str, quote: str) -> None:
    passage = evidence(quote)
    findings = found("GR2", document(statement(text, quote, of=passage)), context(passage))
    assert "block" in {finding.severity for finding in findings}


def test_a_sentence_rearranged_without_other_words_waits_for_a_reviewer() -> None:
    passage = evidence("In adults, it may not reduce potassium.")
    doc = document(statement("It may not reduce potassium in adults.", passage.text, of=passage))
    assert [finding.severity for finding in found("GR2", doc, context(passage))] == ["needs_review"]


def test_numbers_that_change_places_block() -> None:
    turned = RESULT.replace("23.4", "@").replace("29.5", "23.4").replace("@", "29.5")
    assert verdict(turned, RESULT) == "block"
    assert "29.5" in " ".join(says("GR2", document(statement(turned, RESULT, of=LABEL_PASSAGE))))


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("A history of pancreatitis is a contraindication.", "Contraindicated after pancreatitis.", "en"),
        ("Its excretion in milk is unknown.", "It is not known whether it is excreted in milk.", "en"),
        (
            "Severe liver impairment (Child-Pugh C) is excluded.",
            "Severe (Child-Pugh C) impairment of the liver is excluded.",
            "en",
        ),
        (
            "Les AINS peuvent altérer le rein.",
            "Les anti-inflammatoires non stéroïdiens peuvent altérer le rein.",
            "fr",
        ),
        (
            "Women should use contraception throughout treatment and until 4 months have passed since the last dose.",
            "Women should use contraception during treatment and for 4 months after the last dose.",
            "en",
        ),
        (
            "Its half-life is some 9 hours, above all in adults.",
            "Its half-life is approximately 9 hours, particularly in adults.",
            "en",
        ),
        (
            "After the capsule, peak levels come after 2 to 3 hours.",
            "Peak levels are reached within 2 to 3 hours of administration of the capsule.",
            "en",
        ),
        (
            "Il reste à établir que Velmora est sûr avant l'âge de 6 ans.",
            "Avant l'âge de 6 ans, la sécurité de Velmora n'a pas été établie.",
            "fr",
        ),
        (
            "L’expérience est limitée chez les patients âgés de 85 ans.",
            "L’expérience est limitée à 85 ans.",
            "fr",
        ),
    ],
)
def test_a_faithful_rewording_waits_for_a_reviewer_and_is_not_blocked(
    text: str, quote: str, language: Language
) -> None:
    given = evidence(quote, language=language)
    doc = document(statement(text, quote, of=given, language=language), language=language)
    assert {f.severity for f in found("GR2", doc, context(given, language=language))} == {"needs_review"}


@pytest.mark.parametrize(
    ("text", "quote", "why"),
    [
        ("Velmora is to be used with caution in mild renal impairment.", "Velmora is to be used with caution in severe renal impairment.", "severity"),
        ("Velmora is to be used with caution in severe hepatic impairment.", "Velmora is to be used with caution in severe renal impairment.", "organ"),
        ("The first dose must be taken before the evening meal.", "The first dose must be taken after the evening meal.", "order in time"),
        ("The secondary endpoint was reached in all regions of the trial.", "The primary endpoint was reached in all regions of the trial.", "rank"),
        ("Inducers of the enzyme lower the plasma levels of the substance.", "Inhibitors of the enzyme lower the plasma levels of the substance.", "mechanism"),
        ("The tablets are taken weekly at the same hour with water.", "The tablets are taken daily at the same hour with water.", "rhythm"),
        ("Treatment of these patients must be started at the lower dose.", "Treatment of these patients should be started at the lower dose.", "obligation"),
        ("The rate of hypokalaemia was higher in the treated group of patients.", "The rate of hyperkalaemia was higher in the treated group of patients.", "hypokalaemia"),
        ("Brelanex was given with the usual treatment of heart failure.", "Velmora was given with the usual treatment of heart failure.", "brelanex"),
        ("The rate was lower with placebo than with cardorelone at week 12.", "The rate was lower with cardorelone than with placebo at week 12.", "other places"),
        ("The dose may be doubled in adults with a low level of potassium.", "The dose may be doubled in postmenopausal adults with a low level of potassium.", "population"),
    ],
)  # fmt: skip
def test_one_word_turned_in_a_sentence_of_the_source_blocks(text: str, quote: str, why: str) -> None:
    given = evidence(quote)
    blocks = [
        f.message("en")
        for f in found("GR2", document(statement(text, quote, of=given)), context(given))
        if f.severity == "block"
    ]
    assert any(why in message for message in blocks), blocks


def test_a_result_with_the_number_of_another_quote_blocks() -> None:
    one, other = (
        "Hyperkalaemia was seen in 11.8 % of the patients.",
        "Hypotension was seen in 8.4 % of the men.",
    )
    given = evidence(one, other)
    doc = document(statement("Hyperkalaemia was seen in 8.4 % of the patients.", one, other, of=given))
    assert any("another quote" in message for message in says("GR2", doc, context(given)))


def test_a_true_sentence_with_a_quote_on_another_subject_blocks() -> None:
    given = evidence("Potassium was measured in all patients at week 4.")
    doc = document(statement("Swelling of the face is a reason to stop treatment.", given.text, of=given))
    assert any("something else" in message for message in says("GR2", doc, context(given)))
