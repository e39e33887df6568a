"""FR28: a result of a subgroup stands where its source says that the subgroup was planned."""

import pytest

from guardrails.model import CheckContext, Evidence, Language, PassageText, Segment
from tests.unit.guardrails.builders import context, document, evidence, facts, found, statement

BY_AGE = "In the subgroup above 75 years, falls occurred in 4 % with prandolan and in 9 % with placebo."
PLAIN = "Falls occurred in 4 % with prandolan and in 9 % with placebo."
AGE_FR = "Dans le sous-groupe de plus de 75 ans, les chutes ont été moins fréquentes avec le prandolan (4 % contre 9 %)."


def paper(*sentences: str, heading: str = "Results", language: Language = "en") -> list[Evidence]:
    """A paper in which each sentence is a paragraph under a heading of its own: none stands beside another."""
    return [
        evidence(
            text,
            source="paper",
            passage=f"p{n}",
            language=language,
            heading=heading if not n else "",
            section=(f"R{n}",),
        )
        for n, text in enumerate(sentences)
    ]


def told(of: list[Evidence], language: Language = "en") -> Segment:
    return statement(of[0].text, of[0].text, of=of[0], lineage="s0", language=language)


def variants(of: list[Evidence], language: Language = "en") -> list[str]:
    whole = tuple(PassageText(e.text, e.heading, e.section) for e in of)
    given: CheckContext = context(
        *of, sources={"paper": facts(id="paper", kind="paper")}, wholes={"paper": whole}
    )
    return [finding.message(language) for finding in found("FR28", document(told(of, language)), given)]


class TestWhatIsHeard:
    def test_a_subgroup_of_which_the_source_says_nothing(self) -> None:
        (message,) = variants(paper(BY_AGE))
        assert "does not say that this subgroup was planned" in message

    @pytest.mark.parametrize(
        "sentence",
        [
            "In a post hoc subgroup analysis, falls occurred in 4 % with prandolan and in 9 % with placebo.",
            "In an unplanned analysis of the subgroup above 75 years, falls were less frequent with prandolan (4 % vs 9 %).",
        ],
    )
    def test_a_subgroup_that_the_sentence_calls_unplanned(self, sentence: str) -> None:
        (message,) = variants(paper(sentence))
        assert "was not planned" in message

    def test_a_result_under_a_heading_that_says_so(self) -> None:
        (message,) = variants(paper(PLAIN, heading="Post hoc subgroup analyses"))
        assert "was not planned" in message

    def test_what_the_source_says_of_its_subgroups_elsewhere_is_shown(self) -> None:
        elsewhere = "None of the subgroup analyses had been planned; they are post hoc."
        (message,) = variants(paper(BY_AGE, elsewhere))
        assert elsewhere in message

    @pytest.mark.parametrize(
        "sentence",
        [
            "The reduction was greatest in women.",
            "A post hoc look at diabetic patients showed a 41 % reduction.",
            "In patients with diabetes the benefit was larger.",
            "The reduction with prandolan was greater in women than in men.",
            "In women, the reduction was greater with prandolan than with placebo.",
            "Analysed by sex, falls occurred in 4 % of women and 9 % of men.",
        ],
    )
    def test_a_part_of_the_patients_told_without_the_word(self, sentence: str) -> None:
        assert variants(paper(sentence))

    def test_a_part_of_the_patients_in_french(self) -> None:
        assert variants(
            paper("Chez les femmes de plus de 65 ans, l'effet est encore plus marqué.", language="fr")
        )

    @pytest.mark.parametrize(
        "sentence",
        [
            "The effect was greater with 50 mg than with 25 mg.",
            "In patients given 50 mg the response was greater.",
            "In patients with renal impairment the dose is lower.",
            "In adults with asthma, the improvement was greater with prandolan than with placebo.",
            "Among patients with asthma, greater reductions in attacks were seen with prandolan than with placebo.",
            "Patients were stratified by age.",
            "Randomisation was stratified by age (below and above 65 years).",
        ],
    )
    def test_a_dose_or_an_arm_is_no_part_of_the_patients(self, sentence: str) -> None:
        assert not variants(paper(sentence))

    def test_an_arm_is_no_part_of_the_patients_in_french(self) -> None:
        text = "Chez les adultes, la réduction a été plus importante sous prandolan que sous placebo."
        assert not variants(paper(text, language="fr"))

    def test_in_french(self) -> None:
        (message,) = variants(paper(AGE_FR, language="fr"), "fr")
        assert "ne dit pas que ce sous-groupe était prévu" in message


class TestWhatStands:
    @pytest.mark.parametrize(
        "sentence",
        [
            "In the prespecified subgroup above 75 years, falls occurred in 4 % with prandolan and in 9 % with placebo.",
            "In a subgroup specified in the protocol, falls were less frequent with prandolan (4 % vs 9 %).",
        ],
    )
    def test_a_subgroup_that_is_called_planned(self, sentence: str) -> None:
        assert variants(paper(sentence)) == []

    def test_a_plan_that_the_source_tells_elsewhere(self) -> None:
        assert variants(paper(BY_AGE, "Subgroup analyses by age and sex were prespecified.")) == []

    def test_a_plan_told_in_french(self) -> None:
        plan = "Les analyses en sous-groupes selon l’âge étaient prévues au protocole."
        assert variants(paper(AGE_FR, plan, language="fr"), "fr") == []

    def test_a_result_of_all_who_took_part(self) -> None:
        assert variants(paper(PLAIN)) == []

    def test_who_made_up_a_subgroup(self) -> None:
        assert variants(paper("The subgroup above 75 years was eligible for the long-term study.")) == []
