"""GR11: what stands around a verbatim sentence in its source and changes what it says is told with it, or a reviewer attests."""

from dataclasses import replace

import pytest

from guardrails.citations import cite
from guardrails.model import Beside, Evidence, Segment
from guardrails.surroundings import beside
from tests.unit.guardrails.builders import context, document, evidence, facts, found, says, segment

RESULT = "All-cause mortality was 10% with Velmora and 15% with placebo at 12 months."
LIMIT = "However, this difference was not statistically significant after adjustment."
LEAD_IN = "Do not use Velmora in the following situations:"
ITEMS = ("Patients with severe hepatic impairment can take 5 mg daily.", "Use with potassium supplements in adults.")  # fmt: skip


def told(text: str, *of: tuple[Evidence, int], lineage: str = "x1") -> Segment:
    """A statement that cites units of passages by their number."""
    citations = tuple(cite(item, item.sentences[n].start, item.sentences[n].end) for item, n in of)
    return replace(
        segment(text, "statement", "result", lineage), language=of[0][0].language, citations=citations
    )


def alone(text: str, passage: Evidence) -> list[str]:
    """What is found on one sentence of a passage that is told alone."""
    number = next(n for n, unit in enumerate(passage.sentences) if unit.text == text)
    language = passage.language
    doc = document(told(text, (passage, number)), language=language)
    return says("GR11", doc, context(passage, source=facts(language=language), language=language))


def bullets(*lines: str) -> Evidence:
    """A passage whose first line is a sentence and whose others are bullets."""
    made = evidence(*lines)
    first, *others = made.sentences
    return replace(made, sentences=(first, *(replace(unit, kind="bullet") for unit in others)))


class TestLeadIn:
    @pytest.mark.parametrize("item", ITEMS)
    def test_an_item_of_a_list_needs_the_sentence_that_opens_the_list(self, item: str) -> None:
        assert LEAD_IN in alone(item, bullets(LEAD_IN, *ITEMS))[0]

    def test_a_list_told_with_its_opening_is_whole(self) -> None:
        passage = bullets(LEAD_IN, *ITEMS)
        whole = "\n".join((LEAD_IN, *ITEMS))
        assert not found("GR11", document(told(whole, (passage, 0), (passage, 1), (passage, 2))), context(passage))  # fmt: skip

    def test_the_items_may_follow_their_opening_as_statements_of_their_own(self) -> None:
        passage = bullets(LEAD_IN, *ITEMS)
        parts = [told(text, (passage, n), lineage=f"s{n}") for n, text in enumerate((LEAD_IN, *ITEMS))]
        assert not found("GR11", document(*parts), context(passage))
        apart = document(parts[0], segment("Results", lineage="t"), *parts[1:])
        assert [f.where for f in found("GR11", apart, context(passage))] == ["s1", "s2"]

    def test_the_opening_stands_in_an_earlier_passage(self) -> None:
        first = bullets(LEAD_IN, ITEMS[0])
        second = replace(
            evidence(ITEMS[1]), passage="p2", sentences=(replace(evidence(ITEMS[1]).sentences[0], kind="bullet"),)
        )  # fmt: skip
        near = beside([first, second])
        assert near["p2"] == Beside((first,), ())
        doc = document(told(ITEMS[1], (second, 0)))
        assert LEAD_IN in says("GR11", doc, context(second, beside=near))[0]
        assert not found("GR11", doc, context(second)), "what the context does not hold cannot be seen"

    @pytest.mark.parametrize(
        "opening",
        ["We hypothesised the following.", "The following analyses were exploratory and post hoc."],
    )
    def test_a_sentence_that_announces_a_hypothesis_or_an_exploration(self, opening: str) -> None:
        assert opening in alone(RESULT, evidence(opening, RESULT))[0]

    @pytest.mark.parametrize(
        ("language", "opening"),
        [
            ("en", "Velmora must not be used in patients with"),
            ("en", "Do not use Velmora in the following situations"),
            ("en", "Do not use Velmora if you"),
            ("en", "The dose is halved in"),
            ("fr", "Velmora ne doit pas être utilisé chez les patients ayant"),
            ("fr", "La dose est réduite de moitié chez les patients"),
        ],
    )
    def test_an_opening_without_a_colon_goes_on_in_its_bullets(self, language: str, opening: str) -> None:
        items = ("severe hepatic impairment,", "an allergy to cardorelone.")
        passage = replace(bullets(opening, *items), language=language)  # type: ignore[arg-type]
        assert all(opening in alone(item, passage)[0] for item in items)

    @pytest.mark.parametrize(
        "title", ["Efficacy in women over 65 years", "Velmora lowers blood pressure", "It is not known why."]
    )
    def test_a_title_above_bullets_or_a_whole_sentence_opens_nothing(self, title: str) -> None:
        assert not alone("The dose is 5 mg once daily.", bullets(title, "The dose is 5 mg once daily."))

    def test_a_title_that_ends_with_a_colon_opens_nothing(self) -> None:
        assert not alone("The dose is 5 mg once daily.", evidence("Adults:", "The dose is 5 mg once daily."))

    def test_what_opens_a_list_of_its_own_tells_nothing_without_that(self) -> None:
        nested = "Take special care if you have one of these diseases:"
        assert not alone(nested, bullets(LEAD_IN, nested, "a kidney disease,"))

    def test_an_exception_in_french(self) -> None:
        opening = "Velmora peut être pris avec tous les médicaments, sauf :"
        item = "Les anticoagulants oraux et l'aspirine à faible dose."
        passage = evidence(opening, item, language="fr")
        assert opening in alone(item, passage)[0]
        assert item in alone(opening, passage)[0], "and the sentence needs its exceptions"

    def test_words_that_stand_twice_are_judged_where_they_are_cited(self) -> None:
        item = ITEMS[0]
        free, care, opening, barred = evidence(item, "Care is needed.", LEAD_IN, item).sentences
        passage = replace(
            evidence(item, "Care is needed.", LEAD_IN, item),
            sentences=(free, care, opening, replace(barred, kind="bullet")),
        )
        assert not found("GR11", document(told(item, (passage, 0))), context(passage))
        assert LEAD_IN in says("GR11", document(told(item, (passage, 3))), context(passage))[0]


class TestNextSentence:
    def test_a_result_needs_the_sentence_that_takes_it_back(self) -> None:
        assert f"“{LIMIT}”" in alone(RESULT, evidence(RESULT, LIMIT))[0]

    @pytest.mark.parametrize(
        "limit",
        [
            "But the trial was stopped early.",
            "This difference was not statistically significant.",
            "These results are exploratory.",
            "The analysis was not prespecified.",
            "These results should be interpreted with caution.",
            "This difference disappeared after adjustment for age.",
            "Although promising, this finding was not confirmed in a second trial.",
            "No conclusion can be drawn from this subgroup.",
            "The study was stopped early and the data are immature.",
            "In contrast, mortality rose in women.",
            "The p-value was 0.34.",
        ],
    )
    def test_in_other_words(self, limit: str) -> None:
        assert alone(RESULT, evidence(RESULT, limit))

    @pytest.mark.parametrize(
        "limit",
        [
            "Ces résultats doivent être interprétés avec prudence.",
            "Le résultat n'a pas atteint le seuil de significativité.",
            "Aucune différence significative n'a été observée après ajustement.",
            "Bien que prometteur, ce résultat n'a pas été confirmé.",
            "L'étude a été arrêtée prématurément.",
            "Par contre, la mortalité a augmenté chez la femme.",
            "La valeur de p était de 0,34.",
        ],
    )
    def test_in_french(self, limit: str) -> None:
        result = "La mortalité était de 10 % sous Velmora et de 15 % sous placebo à 12 mois."
        assert alone(result, evidence(result, limit, language="fr"))

    @pytest.mark.parametrize(
        "opening",
        ["The following claims about Velmora are false.", "The following statement is not supported."],
    )
    def test_what_the_sentence_before_calls_false(self, opening: str) -> None:
        assert opening in alone(RESULT, evidence(opening, RESULT))[0]

    @pytest.mark.parametrize(
        "following",
        [
            "Nausea was common.",
            "The rate of stroke did not differ: it was not significantly higher.",
            "The p-value was 0.012.",
            "They usually disappear during treatment.",
        ],
    )
    def test_a_sentence_on_something_else_takes_nothing_back(self, following: str) -> None:
        assert not alone(RESULT, evidence(RESULT, following))

    def test_told_in_the_statement_or_directly_after_it_it_is_not_missed(self) -> None:
        passage = evidence(RESULT, LIMIT)
        assert not found("GR11", document(told(f"{RESULT} {LIMIT}", (passage, 0), (passage, 1))), context(passage))  # fmt: skip
        result, limit = told(RESULT, (passage, 0)), told(LIMIT, (passage, 1), lineage="x2")
        assert not found("GR11", document(result, limit), context(passage))
        assert found("GR11", document(limit, result), context(passage)), "before it, it says something else"

    def test_a_quote_that_is_not_told_does_not_count(self) -> None:
        passage = evidence(RESULT, LIMIT)
        assert found("GR11", document(told(RESULT, (passage, 0), (passage, 1))), context(passage))


class TestLimitOfUse:
    """What is not known, or needs no change, is told with the prohibition or the stricter dose that follows."""

    @pytest.mark.parametrize(
        ("language", "text", "after"),
        [
            ("en", "There are no adequate data on the use of Velmora in pregnant women.", "Velmora must not be used during pregnancy."),
            ("en", "It is not known whether cardorelone passes into human milk.", "Breast-feeding is contraindicated during treatment."),
            ("en", "Velmora has not been studied in severe hepatic impairment.", "It is not recommended in patients with liver cirrhosis."),
            ("en", "No dose adjustment is needed in renal impairment.", "In patients on dialysis, the maximum dose is 5 mg."),
            ("en", "Velmora can be used in children.", "Children below 6 years should not take it."),
            ("en", "In vitro, cardorelone inhibited the growth of liver cells.", "The clinical relevance of this is unknown."),
            ("en", "Fertility was reduced in rats.", "The significance of these findings for humans has not been established."),
            ("fr", "Les données chez la femme enceinte sont limitées.", "Velmora est contre-indiqué pendant la grossesse."),
            ("fr", "Velmora n'a pas été étudié chez l'enfant.", "Velmora ne doit pas être administré aux enfants de moins de 12 ans."),
            ("fr", "Aucune adaptation posologique n'est nécessaire en cas d'insuffisance rénale.", "Chez les patients dialysés, la dose ne doit pas dépasser 5 mg."),
            ("fr", "Chez le lapin, le poids des fœtus était diminué.", "La pertinence de cette observation pour l'homme n'est pas connue."),
        ],
    )  # fmt: skip
    def test_what_limits_it_is_told_too(self, language: str, text: str, after: str) -> None:
        assert after in alone(text, evidence(text, after, language=language))[0]

    @pytest.mark.parametrize(
        ("language", "text", "after"),
        [
            ("en", "No dose adjustment is needed in mild renal impairment.", "In severe renal impairment, the dose is 5 mg."),
            ("en", "There are no data in pregnant women.", "Children must not take Velmora."),
            ("en", "There are no data in pregnant women.", "Animal studies showed no harm to pregnancy."),
            ("en", "Velmora is not recommended in pregnancy, since data are limited.", "It must be stopped when pregnancy is planned; do not wait."),
            ("en", "No dose adjustment is needed in the elderly.", "Experience in patients over 85 years is limited."),
            ("en", "The relevance of renal function was studied.", "The cause of the oedema is unknown."),
            ("fr", "Aucune adaptation n'est nécessaire en cas d'insuffisance hépatique légère.", "En cas d'insuffisance hépatique sévère, la dose est de 5 mg."),
            ("fr", "Il n'existe pas de données chez l'enfant.", "Velmora ne doit pas être utilisé pendant la grossesse."),
        ],
    )  # fmt: skip
    def test_what_names_its_own_limit_or_another_matter_stands(
        self, language: str, text: str, after: str
    ) -> None:
        assert not alone(text, evidence(text, after, language=language))


class TestPointsBack:
    @pytest.mark.parametrize(
        ("language", "before", "text"),
        [
            ("en", "Aspirin was given to 300 patients.", "It reduced mortality by 3 percentage points."),
            ("en", "Children received 2 mg.", "In these patients, mortality was 4%."),
            ("en", "Can Velmora be taken in pregnancy?", "Yes, Velmora can be taken."),
            ("en", "Patients on dialysis need care.", "In such cases, the dose is doubled to 10 mg."),
            ("en", "Patients on dialysis need care.", "If so, the dose is doubled to 10 mg."),
            ("en", "Patients on dialysis need care.", "In that case, the dose is doubled to 10 mg."),
            ("en", "Patients on dialysis need care.", "Otherwise, the dose is doubled to 10 mg."),
            ("en", "Patients on dialysis need care.", "Therefore, the dose should be doubled to 10 mg."),
            ("en", "Women and men were treated.", "Both had a mortality of 10% with Velmora."),
            ("en", "Women and men were treated.", "The latter had a mortality of 10% with Velmora."),
            ("en", "Bosentan is another medicine.", "It was contraindicated with ciclosporin."),
            ("fr", "Le bosentan est un autre médicament.", "Il est éliminé à 40 % par le rein."),
            ("fr", "Le bosentan est un autre médicament.", "Il était efficace chez 40 % des patients."),
            (
                "fr",
                "Le bosentan est un autre médicament.",
                "Il a été suivi d'une hépatite chez 12 % d'entre eux.",
            ),
            ("fr", "Le bosentan est un autre médicament.", "Il est contre-indiqué avec la ciclosporine."),
            ("fr", "La dialyse demande de la prudence.", "Dans ce cas, la dose est doublée à 10 mg."),
            ("fr", "L'aspirine a été donnée à 300 patients.", "Elle a réduit la mortalité de 3 points."),
            ("fr", "Les enfants ont reçu 2 mg.", "Chez ces patients, la mortalité était de 4 %."),
        ],
    )
    def test_what_it_speaks_of_has_to_be_told(self, language: str, before: str, text: str) -> None:
        assert before in alone(text, evidence(before, text, language=language))[0]

    def test_nobody_knows_what_it_is_at_the_begin_of_a_section(self) -> None:
        text = "It reduced mortality by 3 percentage points."
        assert "does not name" in alone(text, evidence(text))[0]

    @pytest.mark.parametrize(
        "text",
        [
            "It is not known whether cardorelone passes into breast milk.",
            "This medicine contains 24 mg of lactose.",
            "In this trial of adults with heart failure, mortality was 4%.",
            "It is well known that potassium rises by 0.2 mmol/l.",
            "It seems that women are more often affected (4% versus 2%).",
            "It is usually easier to begin with 5 mg.",
        ],
    )
    def test_an_impersonal_sentence_or_one_on_the_medicine_stands(self, text: str) -> None:
        assert not alone(text, evidence("Nausea was common.", text))

    @pytest.mark.parametrize(
        "text",
        [
            "Il est recommandé de prendre 10 mg par jour.",
            "Il n'est pas nécessaire de modifier la dose de 5 mg.",
            "Il n'est donc généralement pas recommandé de dépasser 10 mg.",
            "Il a également été montré que 5 mg suffisent.",
            "Il peut être nécessaire de réduire la dose à 5 mg.",
            "Il est maintenant établi que 5 mg suffisent.",
            "En première intention, il est proposé de prendre 10 mg.",
            "Il est rare de dépasser 10 mg.",
            "Il conviendra de prendre 10 mg.",
            "Il n’y a pas lieu de modifier la dose de 5 mg.",
            "Il est contre-indiqué de dépasser 10 mg.",
        ],
    )
    def test_an_impersonal_french_sentence_stands(self, text: str) -> None:
        assert not alone(text, evidence("Les nausées étaient fréquentes.", text, language="fr"))


class TestHeading:
    bare = "Severe hepatic impairment in adults with heart failure."

    def passage(self, heading: str, text: str) -> Evidence:
        return evidence(text, heading=heading, section=(heading,))

    @pytest.mark.parametrize(
        "heading", ["4.3 Contraindications", "Do not take Velmora", "Contre-indications"]
    )
    def test_a_contraindication_needs_its_heading(self, heading: str) -> None:
        assert heading in alone(self.bare, self.passage(heading, self.bare))[0]

    def test_it_may_say_so_itself_or_stand_under_such_a_heading_in_the_piece(self) -> None:
        said = "Velmora must not be used in severe hepatic impairment."
        assert not alone(said, self.passage("4.3 Contraindications", said))
        passage = self.passage("4.3 Contraindications", self.bare)
        statement = told(self.bare, (passage, 0))
        assert not found("GR11", document(segment("Contraindications"), statement), context(passage))
        assert found("GR11", document(segment("Safety"), statement), context(passage))

    def test_the_title_of_a_slide_is_such_a_heading(self) -> None:
        passage = evidence(self.bare, heading="Contraindications › In practice", section=("In practice",))
        assert "Contraindications" in alone(self.bare, passage)[0]

    def test_an_answer_in_the_chat_shows_its_section(self) -> None:
        passage = self.passage("4.3 Contraindications", self.bare)
        doc = document(told(self.bare, (passage, 0)), kind="answer")
        assert not found("GR11", doc, context(passage, stage="turn"))

    @pytest.mark.parametrize(
        ("heading", "text"),
        [
            ("Hypothesis", "Velmora is superior to placebo for survival."),
            ("5.3 Preclinical safety data", "Velmora reduced mortality in treated males and females."),
        ],
    )
    def test_an_effect_under_a_hypothesis_or_of_animals(self, heading: str, text: str) -> None:
        assert heading in alone(text, self.passage(heading, text))[0]

    @pytest.mark.parametrize(
        "text", ["If survival is improved, response will be tested.", "To demonstrate improved survival."]
    )
    def test_a_plan_under_the_methods_stands(self, text: str) -> None:
        assert not alone(text, self.passage("Statistical methods", text))

    def test_a_sentence_that_says_what_it_is_about_stands(self) -> None:
        text = "Velmora reduced mortality in rats."
        assert not alone(text, self.passage("5.3 Preclinical safety data", text))


class TestJoins:
    first, between, last = "Patients received 5 mg.", "In BETA-2 the dose was 20 mg.", "Mortality was 10% versus 15%."  # fmt: skip

    def test_sentences_that_stand_apart_are_not_one_statement(self) -> None:
        passage = evidence(self.first, self.between, self.last)
        joined = told(f"{self.first} {self.last}", (passage, 0), (passage, 2))
        assert "do not follow one another" in says("GR11", document(joined), context(passage))[0]

    def test_nor_are_those_of_two_sections(self) -> None:
        one = evidence(self.first, section=("ALPHA-1",), heading="ALPHA-1")
        other = evidence(self.last, passage="p2", section=("BETA-2",), heading="BETA-2")
        joined = told(f"{self.first} {self.last}", (one, 0), (other, 0))
        assert found("GR11", document(joined), context(one, other, beside=beside([one, other])))

    def test_adjacent_ones_are_and_across_passages_too(self) -> None:
        one, other = evidence(self.first), evidence(self.last, passage="p2")
        joined = told(f"{self.first} {self.last}", (one, 0), (other, 0))
        assert not found("GR11", document(joined), context(one, other, beside=beside([one, other])))

    def test_turned_round_they_are_not(self) -> None:
        passage = evidence(self.first, self.last)
        joined = told(f"{self.last} {self.first}", (passage, 1), (passage, 0))
        assert found("GR11", document(joined), context(passage))


def test_a_named_reviewer_settles_it_and_nobody_overrides_it() -> None:
    passage = evidence(RESULT, LIMIT)
    (finding,) = found("GR11", document(told(RESULT, (passage, 0))), context(passage))
    assert finding.severity == "needs_review"
    assert not finding.overridable
    assert LIMIT in finding.message("fr")


def test_a_result_whose_opening_calls_it_secondary_is_called_so() -> None:
    passage = evidence("The key secondary analyses were as follows:", RESULT)
    assert found("FR27", document(told(RESULT, (passage, 1))), context(passage))


class TestLineOverADose:
    LINE = "Children from 6 years weighing less than 30 kg"
    DOSE = "The recommended dose is 10 mg once daily."
    MOST = "The maximum dose is 20 mg once daily."

    @pytest.mark.parametrize("dose", [DOSE, MOST])
    def test_a_dose_needs_the_line_that_says_for_whom_it_is(self, dose: str) -> None:
        assert self.LINE in alone(dose, evidence(self.LINE, self.DOSE, self.MOST))[0]

    def test_a_dose_that_says_for_whom_or_stands_under_no_such_line_is_whole(self) -> None:
        named = "In children of less than 30 kg the recommended dose is 10 mg once daily."
        assert not alone(named, evidence(self.LINE, named))
        assert not alone(self.DOSE, evidence("Velmora is taken with water.", self.DOSE))
