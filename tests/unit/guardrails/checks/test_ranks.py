"""FR27: a secondary, exploratory, post hoc or subgroup result is called so and stands after the primary one of its source."""

from collections.abc import Sequence

import pytest

from guardrails.endpoints import endpoints_of
from guardrails.model import CheckContext, Evidence, Finding, Language, PassageText, Segment
from tests.unit.guardrails.builders import context, document, evidence, facts, found, segment, statement

DEFINED = "The primary endpoint was the change from baseline in daily pain score at week 12."
OTHERS = "Secondary endpoints were the use of rescue analgesics and the Brief Fatigue Inventory."
PRIMARY = "The daily pain score fell by 3.1 points with tolmavir and by 1.9 points with placebo (p = 0.002)."
SECONDARY = "Rescue analgesics were used by 12 % of patients with tolmavir and by 20 % with placebo."
EXPLORATORY = "In an exploratory analysis the benefit was seen from week 2 onwards."
SUBGROUP = (
    "In the prespecified subgroup of women, pain fell by 3.4 points with tolmavir and 1.8 with placebo."
)
POST_HOC = "In a post hoc analysis the effect was larger in patients below 50 years of age (p = 0.04)."
RISK = "Nausea occurred in 9 % of patients in the subgroup of women."
ALL = (DEFINED, OTHERS, PRIMARY, SECONDARY, EXPLORATORY, SUBGROUP, POST_HOC, RISK)


def paragraphs(*sentences: str, language: Language = "en") -> list[Evidence]:
    """A paper in which each sentence is a paragraph of its own: none stands beside another."""
    return [
        evidence(
            text, source="paper", passage=f"p{n}", language=language, heading="Results", section=(f"R{n}",)
        )
        for n, text in enumerate(sentences)
    ]


PAPER = paragraphs(*ALL)


def told(*sentences: str, of: Sequence[Evidence] = PAPER, language: Language = "en") -> list[Segment]:
    places = {item.text: item for item in of}
    return [
        statement(text, text, of=places[text], lineage=f"s{number}", language=language)
        for number, text in enumerate(sentences)
    ]


def given(of: Sequence[Evidence]) -> CheckContext:
    wholes = {
        source: tuple(PassageText(e.text, e.heading, e.section) for e in of if e.source == source)
        for source in {item.source for item in of}
    }
    known = {source: facts(id=source, kind="paper") for source in wholes}
    return context(*of, sources=known, wholes=wholes)


def judged(*segments: Segment, of: Sequence[Evidence] = PAPER) -> list[Finding]:
    return found("FR27", document(*segments), given(of))


class TestThePrimaryResult:
    @pytest.mark.parametrize("text", [EXPLORATORY, SUBGROUP, POST_HOC])
    def test_its_absence_is_said_and_the_source_s_sentence_shown(self, text: str) -> None:
        (finding,) = judged(*told(text))
        assert finding.severity == "needs_review"
        assert finding.evidence["quote"] == PRIMARY

    @pytest.mark.parametrize("text", [EXPLORATORY, SUBGROUP, POST_HOC])
    def test_before_it_nothing_is_missing(self, text: str) -> None:
        assert judged(*told(PRIMARY, text)) == []

    def test_after_it_a_result_is_in_its_place_and_before_it_not(self) -> None:
        (finding,) = judged(*told(EXPLORATORY, PRIMARY))
        assert (finding.severity, finding.where) == ("warn", "s0")
        assert "first" in finding.message("en")

    def test_its_rank_told_in_other_words_counts(self) -> None:
        met = "The trial met its primary endpoint."
        paper = paragraphs(DEFINED, met, EXPLORATORY)
        assert judged(*told(met, EXPLORATORY, of=paper), of=paper) == []

    def test_its_definition_is_no_result(self) -> None:
        (finding,) = judged(*told(DEFINED, EXPLORATORY))
        assert finding.where == "s1"

    def test_that_of_another_source_does_not_stand_for_it(self) -> None:
        other = evidence(
            "The primary endpoint was reached by 40 % with brexatol.", source="other", passage="q1"
        )
        (finding,) = judged(*told(other.text, of=[other]), *told(EXPLORATORY), of=[*PAPER, other])
        assert finding.evidence["quote"] == PRIMARY

    def test_that_of_the_same_study_from_another_source_does(self) -> None:
        named = "In BRIMSTONE-2 the primary endpoint was reached by 40 % with tolmavir and 25 % with placebo."
        label = evidence(named, source="label", passage="q1")
        talk = paragraphs("The BRIMSTONE-2 trial had 400 patients.", EXPLORATORY)
        of = [label, *talk]
        assert judged(*told(named, of=[label]), *told(EXPLORATORY, of=talk), of=of) == []

    def test_a_source_that_gives_none_is_said_to_lack_it(self) -> None:
        silent = paragraphs(EXPLORATORY)
        (finding,) = judged(*told(EXPLORATORY, of=silent), of=silent)
        assert "no primary result" in finding.message("en")

    def test_without_its_result_the_endpoint_is_named(self) -> None:
        defined = paragraphs(DEFINED, EXPLORATORY)
        (finding,) = judged(*told(EXPLORATORY, of=defined), of=defined)
        assert "daily pain score" in finding.message("en")

    def test_a_risk_and_how_endpoints_are_defined_need_none(self) -> None:
        assert judged(*told(RISK)) == []
        assert judged(*told(OTHERS)) == []

    def test_one_sentence_may_tell_both(self) -> None:
        both = "The primary endpoint was reached by 40 %, and by 45 % in the subgroup of women."
        paper = paragraphs(both)
        assert judged(*told(both, of=paper), of=paper) == []


class TestAPrimaryEndpointThatWasNotReached:
    MISSED = "The trial did not meet its primary endpoint."

    def test_a_lesser_result_waits_whatever_the_piece_tells_before_it(self) -> None:
        paper = paragraphs(DEFINED, self.MISSED, EXPLORATORY)
        for piece in ([EXPLORATORY], [self.MISSED, EXPLORATORY]):
            (finding,) = judged(*told(*piece, of=paper), of=paper)
            assert finding.severity == "needs_review"
            assert finding.evidence["quote"] == self.MISSED

    @pytest.mark.parametrize(
        "sentence",
        [
            "The primary endpoint was not reached.",
            "The primary outcome, falls in a year, did not differ significantly between the groups.",
        ],
    )
    def test_in_other_words(self, sentence: str) -> None:
        paper = paragraphs(DEFINED, sentence, EXPLORATORY)
        (finding,) = judged(*told(EXPLORATORY, of=paper), of=paper)
        assert finding.evidence["quote"] == sentence

    def test_in_french(self) -> None:
        missed = "Le critère principal n’a pas été atteint."
        lesser = "Dans une analyse exploratoire, la douleur a baissé de 2 points avec le tolmavir et de 1 avec le placebo."
        paper = paragraphs(missed, lesser, language="fr")
        (finding,) = judged(*told(lesser, of=paper, language="fr"), of=paper)
        assert missed in finding.message("fr")

    def test_that_of_another_study_of_the_same_document_says_nothing(self) -> None:
        named = "In study CALDER-1 the primary endpoint was not met."
        own = "In study CALDER-2, an exploratory analysis showed less pain with tolmavir (p = 0.01)."
        primary = (
            "In study CALDER-2 the primary endpoint was reached by 40 % with tolmavir and 25 % with placebo."
        )
        paper = paragraphs(named, primary, own)
        assert judged(*told(primary, own, of=paper), of=paper) == []

    def test_missed_visits_are_no_missed_endpoint(self) -> None:
        visits = "Patients who missed visits before the primary analysis were left out."
        paper = paragraphs(DEFINED, visits, PRIMARY, EXPLORATORY)
        assert judged(*told(PRIMARY, EXPLORATORY, of=paper), of=paper) == []


def test_one_of_two_primary_endpoints_is_a_primary_result() -> None:
    defined = "The coprimary outcomes were change from baseline in walking distance and global strain of the left ventricle at week 36."
    first = "Walking distance rose by 31 m with tolmavir and by 9 m with placebo (p = 0.01)."
    paper = paragraphs(defined, first, EXPLORATORY)
    assert judged(*told(first, EXPLORATORY, of=paper), of=paper) == []


class TestTheRankThatTheSourceDefines:
    def test_a_secondary_result_that_is_not_called_so_is_heard(self) -> None:
        label, missing = judged(*told(SECONDARY))
        assert "secondary" in label.message("en")
        assert missing.evidence["quote"] == PRIMARY

    def test_called_so_after_the_primary_it_is_in_order(self) -> None:
        called = segment("Secondary endpoint", role="theme", lineage="t1")
        assert judged(*told(PRIMARY), called, *told(SECONDARY)) == []

    def test_the_primary_result_needs_no_label(self) -> None:
        assert judged(*told(PRIMARY)) == []


class TestTheLabelAddedToASentence:
    """ ", a secondary endpoint" is right where the source says so: it waits as any rewording does, and is not blocked."""

    def verdicts(self, text: str, quote: str, of: Sequence[Evidence] = PAPER) -> set[str]:
        place = next(item for item in of if item.text == quote)
        piece = document(statement(text, quote, of=place, wording="reworded"))
        return {finding.severity for finding in found("GR2", piece, given(of))}

    def test_the_rank_that_the_source_defines(self) -> None:
        assert self.verdicts(SECONDARY[:-1] + ", a secondary endpoint.", SECONDARY) == {"needs_review"}
        assert self.verdicts(PRIMARY[:-1] + ", the primary endpoint.", PRIMARY) == {"needs_review"}

    def test_the_rank_that_a_heading_gives(self) -> None:
        under = evidence(
            "Sleep improved by 2 points.",
            source="paper",
            heading="Secondary outcomes",
            section=("Secondary outcomes",),
        )
        assert self.verdicts("Sleep improved by 2 points, a secondary outcome.", under.text, [under]) == {
            "needs_review"
        }

    def test_another_rank_blocks(self) -> None:
        assert "block" in self.verdicts(PRIMARY[:-1] + ", a secondary endpoint.", PRIMARY)
        assert "block" in self.verdicts(SECONDARY[:-1] + ", the primary endpoint.", SECONDARY)

    def test_a_rank_that_the_source_does_not_give_blocks(self) -> None:
        silent = evidence(
            "Sleep improved by 2 points.", source="paper", heading="Results", section=("Results",)
        )
        assert "block" in self.verdicts(
            "Sleep improved by 2 points, a secondary outcome.", silent.text, [silent]
        )


class TestFrench:
    defined = "Le critère de jugement principal était la variation du score de douleur à 12 semaines."
    primary = (
        "Le score de douleur a diminué de 3,1 points sous tolmavir et de 1,9 point sous placebo (p = 0,002)."
    )
    other = "Les critères secondaires étaient le recours aux antalgiques de secours et la qualité du sommeil."
    secondary = "Le recours aux antalgiques de secours concernait 12 % des patients sous tolmavir et 20 % sous placebo."
    subgroup = "Dans le sous-groupe des femmes, la douleur a diminué de 3,4 points sous tolmavir."
    open_end = "Dans un sous-groupe de 40 patients âgés, l’effet n’a pas pu être évalué."
    paper = paragraphs(defined, other, primary, secondary, subgroup, open_end, language="fr")

    def test_the_primary_result_is_asked_for_and_shown(self) -> None:
        (finding,) = judged(*told(self.subgroup, of=self.paper, language="fr"), of=self.paper)
        assert self.primary in finding.message("fr")
        assert judged(*told(self.primary, self.subgroup, of=self.paper, language="fr"), of=self.paper) == []

    def test_a_secondary_result_without_its_label_is_heard(self) -> None:
        label, _ = judged(*told(self.secondary, of=self.paper, language="fr"), of=self.paper)
        assert "secondaire" in label.message("fr")

    def test_what_could_not_be_judged_needs_no_primary_result(self) -> None:
        assert judged(*told(self.open_end, of=self.paper, language="fr"), of=self.paper) == []


def test_a_result_that_directly_follows_the_definition_is_the_primary_one() -> None:
    text = (
        "Le critère principal était la réduction de la fréquence des migraines. La réduction médiane était de 36 % contre "
        "18 % (p < 0,001). Le taux de répondeurs, critère secondaire, était de 40 %."
    )
    assert endpoints_of((PassageText(text),), "fr").results == (
        "La réduction médiane était de 36 % contre 18 % (p < 0,001).",
    )


class TestAPrimaryEndpointThatWasMissed:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Although the primary endpoint was missed, tolmavir improved the quality of life.", "en"),
            ("Despite a missed primary endpoint, tolmavir reduced pain.", "en"),
            ("Although the primary endpoint was missed, tolmavir reduced mortality.", "en"),
            ("Malgré un critère principal non atteint, le tolmavir améliore la qualité de vie.", "fr"),
        ],
    )
    def test_an_effect_told_in_the_same_breath_waits(self, text: str, language: Language) -> None:
        of = paragraphs(text, language=language)
        (finding,) = judged(*told(text, of=of, language=language), of=of)
        assert finding.severity == "needs_review"
        assert "not reached" in finding.message("en")

    @pytest.mark.parametrize(
        "text",
        [
            "The primary endpoint was not met, and pain was not reduced.",
            "The primary endpoint was not met.",
            "The primary endpoint was met: pain was reduced.",
            "Although the primary endpoint was missed, adverse events increased.",
            "Although the primary endpoint was missed, the risk of bleeding was higher with tolmavir.",
        ],
    )
    def test_a_miss_told_as_one_stands(self, text: str) -> None:
        of = paragraphs(text)
        assert not any("not reached" in f.message("en") for f in judged(*told(text, of=of), of=of))
