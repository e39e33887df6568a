"""What each kind of piece asks for: quiz, e-mail, and how results and safety are told."""

from dataclasses import replace

import pytest

from guardrails.model import Document, Segment
from tests.unit.guardrails.builders import (
    INDICATION,
    LABEL,
    RESULT,
    SAFETY,
    context,
    document,
    evidence,
    facts,
    found,
    says,
    segment,
    statement,
)

PASSAGE = evidence(*LABEL)


def quiz(*options: str, key: int = 0, stem: str = "How common was hyperkalaemia?", keys: int = 1) -> Document:
    segments = [segment(stem, "question", "question", "q", group="q1")]
    for number, text in enumerate(options):
        role = "key" if key <= number < key + keys else "distractor"
        segments.append(segment(text, "option", role, f"o{number}", group="q1"))
    feedback = statement(SAFETY, SAFETY, of=PASSAGE, role="feedback", lineage="s", group="q1")
    return document(*segments, feedback, kind="quiz")


class TestQuiz:
    good = quiz("11.8 %", "6.1 %", "23.4 %")

    @pytest.mark.parametrize("rule", ["QZ1", "QZ2", "QZ3", "QZ4", "QZ8", "QZ11"])
    def test_a_well_built_question_raises_nothing(self, rule: str) -> None:
        assert says(rule, self.good) == []

    @pytest.mark.parametrize(
        ("doc", "word"),
        [
            (quiz("11.8 %", "6.1 %"), "three to five options; this one has 2"),
            (quiz("1 %", "2 %", "3 %", "4 %", "5 %", "6 %"), "this one has 6"),
            (quiz("11.8 %", "6.1 %", "2 %", keys=2), "one right answer; this one has 2"),
            (quiz("11.8 %", "6.1 %", "2 %", keys=0), "one right answer; this one has 0"),
            (quiz("11.8 %", "6.1 %", "11.8 % "), "stands twice"),
        ],
    )
    def test_one_key_and_three_to_five_different_options(self, doc: Document, word: str) -> None:
        assert word in " ".join(says("QZ1", doc))

    def test_the_answer_is_supported_by_a_quote(self) -> None:
        bare = replace(self.good, segments=self.good.segments[:-1])
        assert "No statement with a quote" in says("QZ1", bare)[0]

    def test_flaws_that_help_the_test_wise(self) -> None:
        assert found("QZ2", quiz("11.8 %", "6.1 %", "All of the above"))
        assert found("QZ3", quiz("11.8 %", "6.1 %", "It never occurs"))
        assert found("QZ4", quiz("Hyperkalaemia, as the label says at length", "Rash", "Fever"))
        assert found("QZ8", quiz("Rash", "Fever", "Cough", stem="Which of these is NOT common?"))

    def test_a_company_quiz_gives_no_credits_and_no_prize(self) -> None:
        title = segment("A CME quiz with a prize draw", lineage="t")
        words = " ".join(says("QZ11", replace(self.good, segments=(title, *self.good.segments))))
        assert "CME" in words
        assert "prize" in words

    def test_a_wrong_answer_may_hold_a_forbidden_word(self) -> None:
        assert not found("FR20", quiz("11.8 %", "It is risk-free", "23.4 %"))
        assert found("FR20", quiz("It is risk-free", "6.1 %", "23.4 %"))


def email(*extra: Segment, subject: str = "Velmora: approved information") -> Document:
    return document(
        segment(subject, role="subject", lineage="subject"),
        segment("Promotional information", role="nature", lineage="nature"),
        statement(INDICATION, INDICATION, of=PASSAGE, role="key_moment", lineage="s1"),
        segment("Read the full product information", role="call_to_action", lineage="cta"),
        segment("Laboratoires Aubrac", role="sender", lineage="sender"),
        segment("{{unsubscribe_product_link}}", "token", "unsubscribe", "out"),
        *extra,
        kind="email",
    )


def only(doc: Document, *left_out: str) -> Document:
    return replace(doc, segments=tuple(s for s in doc.segments if s.id not in left_out))


class TestEmail:
    @pytest.mark.parametrize("rule", ["EM1", "EM2", "EM3", "EM4", "EM7"])
    def test_a_complete_e_mail_raises_nothing(self, rule: str) -> None:
        assert says(rule, email()) == []

    @pytest.mark.parametrize(
        ("subject", "word"),
        [
            ("Act now", "presses the reader"),
            ("RE: our meeting", "presses the reader"),
            ("Velmora reduces mortality", "no claim"),
            ("A better tolerated option", "no claim"),
        ],
    )
    def test_a_subject_neither_claims_nor_presses(self, subject: str, word: str) -> None:
        assert word in says("EM2", email(subject=subject))[0]

    def test_a_long_subject_is_only_pointed_out(self) -> None:
        (finding,) = found("EM2", email(subject="Velmora " + "information " * 6))
        assert finding.severity == "warn"

    def test_a_subject_is_needed(self) -> None:
        assert found("EM2", only(email(), "subject"))

    def test_the_sender_and_the_nature_are_said(self) -> None:
        assert "advertising" in says("EM1", only(email(), "nature"))[0]
        assert "Laboratoires Aubrac" in says("EM1", only(email(), "sender"))[0]
        assert "sender" in says("EM1", email(), context(product={"brand": "Velmora"}))[0]

    def test_there_is_a_way_out(self) -> None:
        assert "{{unsubscribe_product_link}}" in says("EM4", only(email(), "out"))[0]

    def test_unknown_tokens_are_refused_and_known_ones_filled_before_sending(self) -> None:
        assert "{{secret}}" in says("EM7", email(segment("Dear {{secret}}")))[0]
        assert not found("EM7", email(segment("Dear {{recipient_name}}")))
        sending = context(stage="send", extra={"list_unsubscribe": True, "consent": "c1"})
        assert "not filled in" in says("EM7", email(segment("Dear {{recipient_name}}")), sending)[0]
        assert not found("EM7", email(), sending)

    def test_consent_and_headers_are_asked_for_at_sending(self) -> None:
        assert found("EM5", email(), context(stage="send"))
        assert found("EM6", email(), context(stage="send"))

    def test_parts_that_lack_are_named(self) -> None:
        assert "call to action" in says("EM3", only(email(), "cta"))[0]


class TestResults:
    relative = "The hazard ratio was 0.77 in favour of cardorelone."

    def test_a_relative_measure_alone_is_blocked(self) -> None:
        passage = evidence(self.relative)
        doc = document(statement(self.relative, self.relative, of=passage))
        assert "hazard ratio" in says("FR30", doc, context(passage))[0]

    @pytest.mark.parametrize(
        "absolute",
        [
            RESULT,
            "The absolute difference was 6.2 percentage points.",
            "Median survival was 18.4 months with Velmora and 13.6 months with placebo.",
            "The rates were 23.4 % and 29.5 %.",
            "Time to progression was 8.3 months with Velmora and 2.9 months with placebo.",
            "Events: 282/1,207 and 356/1,205.",
            "Admissions numbered 271 with Velmora versus 368 with placebo.",
        ],
    )
    def test_an_absolute_measure_of_the_same_source_settles_it(self, absolute: str) -> None:
        passage = evidence(self.relative, absolute)
        doc = document(
            statement(self.relative, self.relative, of=passage),
            statement(absolute, absolute, of=passage, lineage="x2"),
        )
        assert not found("FR30", doc, context(passage))

    @pytest.mark.parametrize(
        "shares",
        [
            "Adults with HbA1c between 7% and 10% received one of the two treatments.",
            "At study entry 56% had reached four goals and 31% six or seven.",
        ],
    )
    def test_shares_of_who_took_part_are_no_rates_of_what_happened(self, shares: str) -> None:
        passage = evidence(self.relative, shares)
        doc = document(
            statement(self.relative, self.relative, of=passage),
            statement(shares, shares, of=passage, lineage="x2"),
        )
        assert found("FR30", doc, context(passage))

    @pytest.mark.parametrize(
        "text",
        [
            "The rate ratio was 0.72 in 604 and 603 patients.",
            "The hazard ratio was 0.72 (95 % CI 0.60 to 0.86) versus placebo in 2024.",
        ],
    )
    def test_the_size_of_the_groups_is_no_absolute_measure(self, text: str) -> None:
        passage = evidence(text)
        assert found("FR30", document(statement(text, text, of=passage)), context(passage))

    def test_a_result_with_both_rates_stands_alone(self) -> None:
        assert not found("FR30", document(statement(RESULT, RESULT, of=PASSAGE)))

    @pytest.mark.parametrize(
        "words",
        ["HR 0.77 (95 % CI 0.66 to 0.90)", "a 23 % relative risk reduction", "RR 0.8", "a risk ratio of 0.8"],
    )
    def test_other_ways_to_say_a_relative_risk(self, words: str) -> None:
        passage = evidence(f"It gave {words}.")
        assert found("FR30", document(statement(passage.text, passage.text, of=passage)), context(passage))

    @pytest.mark.parametrize(
        "text",
        [
            "Velmora reduced the risk of death by 28 %.",
            "Mortality was 28 % lower with Velmora.",
            "There were 28 % fewer deaths with Velmora.",
            "Velmora halved hospitalisations.",
            "Patients were twice as likely to relapse; relapses were rare.",
            "Velmora a réduit le risque de décès de 28 %.",
            "Le risque d'AVC est inférieur de 28 %.",
            "Velmora divise par deux les hospitalisations.",
            "La mortalité a diminué d’un tiers.",
            "Velmora reduced mortality by 28 %; it has no absolute contraindication.",
            "The risk of death fell by 28 %.",
            "Deaths dropped by 28 % in patients with a high score.",
            "Velmora reduced the risk of death by 28 % at a dose of 10 mg.",
            "At a dose of 10 mg mortality declined by 28 %.",
            "La mortalité a chuté de 28 %.",
            "The annual rate ratio of exacerbations was 0.52, against 0.70 in women.",
            "The annual rate of exacerbations fell by 48 %, to 0.78 events.",
        ],
    )
    def test_a_share_by_which_a_risk_changed_is_relative_in_whatever_words(self, text: str) -> None:
        passage = evidence(text)
        assert found("FR30", document(statement(text, text, of=passage)), context(passage))

    @pytest.mark.parametrize(
        "text",
        [
            "The AUC was 28 % lower in patients at risk of events.",
            "Reduce the dose by 50 % after such an event.",
            "La clairance est réduite de 40 % chez les patients à risque.",
            "Le risque augmente de façon dose-dépendante.",
            "Physicians should assess the benefit risk ratio before initiating Velmora.",
            "A favourable benefit/risk ratio was confirmed.",
            "Le rapport des risques et des bénéfices doit être évalué.",
            "Deaths fell by 28 %, an absolute reduction of 6.2 %.",
            "The hazard ratio was 0.72, an absolute decrease of 2.1 %.",
            "Le risque de décès a baissé de 28 %, soit une baisse absolue de 2,1 %.",
            "La mortalité a baissé de 28 %, soit une réduction absolue de 6,2 %.",
            "The annualised rate of exacerbations was 0.78 with Velmora and 1.50 with placebo, a 48 % reduction of events.",
            "Le taux annuel d'exacerbations était de 0,78 sous Velmora et de 1,50 sous placebo, soit une réduction de 48 %.",
        ],
    )
    def test_a_change_of_an_amount_or_beside_its_absolute_is_none(self, text: str) -> None:
        passage = evidence(text)
        assert not found("FR30", document(statement(text, text, of=passage)), context(passage))

    def test_a_post_hoc_result_is_called_so(self) -> None:
        passage = evidence(RESULT, title="A post hoc analysis of EXAMPLE OUTCOME")
        doc = document(statement(RESULT, RESULT, of=passage))
        (finding,) = found("FR27", doc, context(passage))
        assert finding.severity == "needs_review"
        titled = document(segment("Post-hoc analysis", lineage="t"), *doc.segments)
        assert not found("FR27", titled, context(passage))


class TestBalance:
    def test_benefit_without_safety_is_pointed_out(self) -> None:
        (finding,) = found("BAL", document(statement(RESULT, RESULT, of=PASSAGE)))
        assert finding.severity == "warn"

    def test_benefit_with_safety_is_balanced(self) -> None:
        safety = statement(SAFETY, SAFETY, of=PASSAGE, role="safety", lineage="x2")
        assert not found("BAL", document(statement(RESULT, RESULT, of=PASSAGE), safety))

    def test_praise_of_the_tolerability_is_no_balance(self) -> None:
        praise = "Velmora was well tolerated."
        passage = evidence(RESULT, praise)
        doc = document(
            statement(RESULT, RESULT, of=passage),
            statement(praise, praise, of=passage, role="safety", lineage="x2"),
        )
        (finding,) = found("BAL", doc, context(passage))
        assert praise in finding.message("en")

    def test_a_risk_told_from_a_paper_does_not_stand_for_the_label(self) -> None:
        paper = evidence(SAFETY, passage="p2", source="paper")
        doc = document(
            statement(RESULT, RESULT, of=PASSAGE),
            statement(SAFETY, SAFETY, of=paper, role="safety", lineage="x2"),
        )
        known = {source.id: source for source in (facts(), facts(id="paper", kind="paper"))}
        assert found("BAL", doc, context(PASSAGE, paper, sources=known))
        assert not found("BAL", doc, context(PASSAGE, paper, sources={"paper": known["paper"]}))

    def test_sources_without_safety_ask_for_none(self) -> None:
        passage = evidence("It reduces events.", source="talk")
        talk = facts(id="talk", kind="transcript")
        doc = document(statement(passage.text, passage.text, of=passage))
        assert not found("BAL", doc, context(passage, source=talk))


class TestLabelWording:
    text = "At the pre-specified interim analysis, 282 of 1,207 patients had an event."

    def test_the_label_s_own_words_wait_for_a_reviewer(self) -> None:
        passage = evidence(self.text)
        (finding,) = found("FR24", document(statement(self.text, self.text, of=passage)), context(passage))
        assert finding.severity == "needs_review"

    def test_the_same_words_of_a_paper_or_of_one_s_own_block(self) -> None:
        passage = evidence(self.text)
        doc = document(statement(self.text, self.text, of=passage))
        (finding,) = found("FR24", doc, context(passage, source=facts(kind="paper")))
        assert finding.severity == "block"
        assert found("FR24", document(segment("An interim analysis")))[0].severity == "block"


def test_a_key_without_its_unit_is_read_in_the_gap_of_its_question() -> None:
    stem = "The most common adverse reaction was hyperkalaemia ([…] %)."
    assert says("GR3", quiz("11.8", "6.1", "23.4", stem=stem)) == []
    assert says("GR3", quiz("18.1", "6.1", "23.4", stem=stem)) != []


def test_the_date_of_a_title_in_the_question_is_not_asked_of_the_key() -> None:
    given = replace(facts(), title="Velmora label of 14 February 2025")
    stem = "According to “Velmora label of 14 February 2025”, hyperkalaemia was seen in […] %."
    assert says("GR3", quiz("11.8", "6.1", "23.4", stem=stem), context(PASSAGE, source=given)) == []
