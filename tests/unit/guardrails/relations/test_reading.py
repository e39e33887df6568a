"""What a statement relates otherwise than its quotes, relation by relation, and the true ways to say the same."""

import pytest

from guardrails.model import Language, Segment
from guardrails.relations import relations
from guardrails.relations.model import sentences
from tests.unit.guardrails.builders import citation
from tests.unit.guardrails.relations.pairs import variants

MORTALITY = "Mortality was lower with bexantinib (8.2 %) than with placebo (11.5 %)."


DOSES = "The dose is 10 mg once daily in adults; 5 mg once daily in patients with severe renal impairment."
OUTCOMES = "Most patients recovered after dose reduction; some patients had fatal outcomes."
ADMISSIONS = "Velmora did not increase mortality, but hospitalisations for heart failure were more frequent."


class TestParts:
    @pytest.mark.parametrize(
        "text",
        [
            "Adults take 5 mg once daily.",
            "10 mg once daily, including in patients with severe renal impairment.",
        ],
    )
    def test_a_dose_of_other_patients_is_seen(self, text: str) -> None:
        assert "attributed" in variants(text, DOSES)

    @pytest.mark.parametrize(
        "text", ["Adults take 10 mg once daily.", "In severe renal impairment, 5 mg is taken."]
    )
    def test_their_own_dose_is_let_stand(self, text: str) -> None:
        assert not variants(text, DOSES)

    def test_a_range_of_degrees_binds_no_dose(self) -> None:
        quote = "The dose is 10 mg in adults; 5 mg in moderate to severe renal impairment."
        assert not variants("In severe renal impairment the dose is 5 mg.", quote)

    def test_shares_that_changed_places_are_seen(self) -> None:
        assert "attributed" in variants("Some patients recovered; most had fatal outcomes.", OUTCOMES)
        assert not variants("Some patients had fatal outcomes; most recovered.", OUTCOMES)

    def test_more_often_denied_is_seen(self) -> None:
        assert "change_denied" in variants(
            "Hospitalisations for heart failure were not more frequent.", ADMISSIONS
        )
        assert not variants("Hospitalisations for heart failure were more frequent.", ADMISSIONS)


class TestValuesOfArms:
    @pytest.mark.parametrize(
        "text",
        [
            "Mortality was 11.5 % with bexantinib and 8.2 % with placebo.",
            "With bexantinib, mortality was 11.5 %.",
            "Mortality was 11.5 % (bexantinib) against 8.2 % (placebo).",
        ],
    )
    def test_a_value_of_the_other_arm_is_seen(self, text: str) -> None:
        assert "attributed" in variants(text, MORTALITY)

    @pytest.mark.parametrize(
        "text",
        [
            "Mortality was 8.2 % with bexantinib and 11.5 % with placebo.",
            "Compared with 11.5 % on placebo, mortality was 8.2 % on bexantinib.",
            "Mortality was 8.2 % and 11.5 % with bexantinib and placebo, respectively.",
            "With bexantinib, mortality was 8.2 %.",
        ],
    )
    def test_the_same_values_told_otherwise_are_let_stand(self, text: str) -> None:
        assert not variants(text, MORTALITY)

    def test_brand_and_substance_are_one_arm(self) -> None:
        quote = "Flares occurred in 14 % of patients on cardorelone and in 22 % on placebo."
        assert not variants("On Velmora, 14 % of patients had flares.", quote)
        assert variants("On Velmora, 22 % of patients had flares.", quote) == {"attributed"}

    def test_studies_groups_of_people_and_doses_own_values_too(self) -> None:
        studies = ("In SOLARIS, 14 % had an infection.", "In MERIDIAN, 22 % had an infection.")
        assert variants("In SOLARIS, 22 % had an infection.", *studies) == {"attributed"}
        people = "The cure rate was 91 % in adults and 84 % in children."
        assert variants("The cure rate was 84 % in adults.", people) == {"attributed"}
        doses = ("Headache: 9 % of patients on 25 mg.", "Headache: 15 % of patients on 50 mg.")
        assert variants("Headache was seen in 15 % of patients on 25 mg.", *doses) == {"attributed"}

    def test_the_percent_of_a_confidence_interval_belongs_to_no_arm(self) -> None:
        quote = "Flares: 14 % with bexantinib and 22 % with placebo (HR 0.6; 95 % CI 0.4 to 0.8)."
        assert variants("Flares occurred in 22 % with bexantinib.", quote) == {"attributed"}

    def test_a_value_that_the_quote_gives_to_both_or_to_none_is_no_contradiction(self) -> None:
        assert not variants("14 % with placebo.", "It was 14 % with bexantinib and 14 % with placebo.")
        assert not variants("14 % with placebo.", "Bexantinib and placebo were studied; 14 % had flares.")


class TestComparisons:
    @pytest.mark.parametrize(
        "text",
        [
            "Mortality was lower with placebo than with bexantinib.",
            "Compared with bexantinib, placebo lowered mortality.",
            "Mortality was lower with placebo (11.5 %) than with bexantinib (8.2 %).",
        ],
    )
    def test_arms_turned_round_are_seen(self, text: str) -> None:
        assert "turned" in variants(text, "Mortality was lower with bexantinib than with placebo.")

    def test_the_same_comparison_from_the_other_side_agrees(self) -> None:
        quote = "Mortality was lower with bexantinib than with placebo."
        segment = Segment(
            "s1", "statement", "result", "Mortality was higher with placebo than with bexantinib.", "en",
            citations=(citation(quote),),
        )  # fmt: skip
        read = relations(segment)
        assert read.compares_alike
        assert not read.contradictions

    def test_a_larger_fall_is_less(self) -> None:
        quote = "Pressure decreased more with the combination than with either medicine alone."
        assert not variants(
            "The fall in pressure was larger with the combination than with either alone.", quote
        )
        assert "turned" in variants(
            "Pressure decreased less with the combination than with either alone.", quote
        )

    def test_non_inferiority_has_a_direction(self) -> None:
        quote = "Bexantinib was non-inferior to warfarin."
        assert "turned" in variants("Warfarin was non-inferior to bexantinib.", quote)
        assert not variants("Bexantinib showed non-inferiority to warfarin.", quote)

    def test_values_compare_where_no_word_does(self) -> None:
        quote = "The rate was 0.18 with bexantinib and 0.34 with interferon."
        assert "turned" in variants("Bexantinib raised the rate compared with interferon.", quote)
        assert not variants("Bexantinib reduced the rate compared with interferon.", quote)


class TestNouns:
    def test_exposure_is_of_one_medicine(self) -> None:
        quote = "Given with ketoconazole, exposure to bexantinib rose."
        assert variants("Exposure to ketoconazole rose with bexantinib.", quote) == {"of_another"}
        assert not variants("Bexantinib exposure rose with ketoconazole.", quote)

    def test_a_risk_that_goes_the_other_way(self) -> None:
        quote = "A higher intake was associated with a lower risk of fracture."
        assert variants("A higher intake was associated with a raised risk of fracture.", quote) == {
            "noun_turned"
        }
        assert not variants("The risk of fracture was reduced with a higher intake.", quote)

    def test_by_is_not_to(self) -> None:
        quote = "The dose is reduced to 20 mg."
        assert variants("The dose is reduced by 20 mg.", quote) == {"by_or_to"}
        assert not variants("The dose is lowered to 20 mg.", quote)
        french = "La dose est réduite à 20 mg."
        assert variants("La dose est réduite de 20 mg.", french, language="fr") == {"by_or_to"}


class TestPolarity:
    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("Hyperglycaemia was frequent.", "Hypoglycaemia was frequent."),
            ("Pressure was controlled in most.", "Pressure was uncontrolled in most."),
            ("It was inferior to warfarin.", "It was non-inferior to warfarin."),
        ],
    )
    def test_a_word_for_its_opposite(self, text: str, quote: str) -> None:
        assert "opposite_word" in variants(text, quote)

    def test_not_changed_is_unchanged(self) -> None:
        assert not variants("Clearance was not changed.", "Clearance was unchanged.")
        assert not variants("Clearance was unchanged.", "Clearance was not changed.")

    def test_an_assertion_beside_quotes_that_only_deny(self) -> None:
        quote = "The tablets must not be crushed, split or chewed."
        assert variants("The tablets must not be crushed but may be split.", quote) == {"asserted"}
        assert not variants("Crushing is not allowed; neither is chewing.", quote)

    def test_a_denied_change(self) -> None:
        quote = "No interaction was seen, but concentrations increased."
        assert "change_denied" in variants("Concentrations did not increase.", quote)
        assert not variants("Concentrations increased and no interaction was seen.", quote)


class TestCountsAndKinds:
    def test_numbers_that_changed_what_they_count(self) -> None:
        quote = "1,040 patients were treated in 85 centres."
        assert variants("85 patients were treated in 1,040 centres.", quote) == {"attributed"}
        assert not variants("In 85 centres, 1,040 patients were treated.", quote)

    def test_the_loading_dose_is_not_the_next_one(self) -> None:
        quote = "The loading dose is 250 mg, then 50 mg are given."
        assert variants("The loading dose is 50 mg.", quote) == {"of_phase"}
        assert not variants("After a loading dose of 250 mg, 50 mg are given.", quote)

    def test_a_disease_of_one_type_is_not_the_disease(self) -> None:
        quote = "It is studied in adults with type 2 diabetes."
        assert variants("It is studied in adults with diabetes.", quote) == {"of_type"}
        assert not variants("Type 2 diabetes in adults is studied.", quote)

    def test_another_endpoint_is_called_primary(self) -> None:
        quote = (
            "The primary endpoint was overall survival; progression-free survival was a secondary endpoint."
        )
        assert "rank_of" in variants("The primary endpoint was progression-free survival.", quote)


class TestThingsOfAList:
    QUOTE = "Each tablet holds 50 mg of nalorel, 12.5 mg of hydrochlorothiazide and 45 mg of lactose."

    def test_an_amount_of_another_thing_is_seen(self) -> None:
        text = "A tablet holds 12.5 mg of nalorel and 50 mg of hydrochlorothiazide."
        assert variants(text, self.QUOTE) == {"attributed"}
        assert not variants("A tablet holds 50 mg of nalorel and 45 mg of lactose.", self.QUOTE)

    def test_a_reaction_told_of_another_class_is_seen(self) -> None:
        quote = "Very common reactions to netraliv were headache and nausea; dizziness was common."
        assert variants("Dizziness was a very common reaction to netraliv.", quote) == {"attributed"}
        assert not variants("Dizziness was a common reaction to netraliv.", quote)

    def test_the_interval_of_another_value_is_seen(self) -> None:
        quote = "The rate was 38.4 % (95 % CI 31.2 to 45.9) with tolmavir and 22.7 % (95 % CI 16.9 to 29.4) with placebo."
        assert "borrowed" in variants("On placebo the rate was 22.7 % (95 % CI 31.2 to 45.9).", quote)
        assert not variants("On placebo the rate was 22.7 % (95 % CI 16.9 to 29.4).", quote)

    def test_a_name_is_an_arm_by_where_it_stands(self) -> None:
        quote = "Relapse occurred in 8 patients on oclarin, 15 on interferon and 22 on placebo."
        assert "attributed" in variants("There were 22 relapses on oclarin and 8 on placebo.", quote)
        assert not variants("There were 8 relapses on oclarin and 22 on placebo.", quote)


class TestConditions:
    QUOTE = "If the platelet count falls below 50 × 10⁹/L, treatment should be stopped."

    def test_a_condition_left_out_is_seen(self) -> None:
        assert "condition" in variants("Treatment should be stopped.", self.QUOTE)

    @pytest.mark.parametrize(
        ("text", "quote", "language"),
        [
            ("The dose of oclarin should be halved.", "When given with strong CYP3A inhibitors, the dose of oclarin should be halved.", "en"),
            ("The solution is stable for 24 hours.", "After dilution, the solution is stable for 24 hours when kept in the refrigerator.", "en"),
            ("Oclarin improved survival.", "Oclarin improved survival in patients whose tumours expressed the receptor.", "en"),
            ("L'hémodialyse élimine 40 % de l'oclarine.", "En cas de surdosage, l'hémodialyse élimine 40 % de l'oclarine.", "fr"),
            ("La dose est réduite de moitié.", "Lorsque la clairance est basse, la dose est réduite de moitié.", "fr"),
            ("La solution est stable 24 heures.", "Après dilution, la solution est stable 24 heures.", "fr"),
            ("La dose doit être réduite.", "En association avec un inhibiteur puissant, la dose doit être réduite.", "fr"),
        ],
    )  # fmt: skip
    def test_whatever_word_opens_it(self, text: str, quote: str, language: Language) -> None:
        assert "condition" in variants(text, quote, language=language)

    def test_each_of_two_is_looked_for_by_itself(self) -> None:
        quote = "After dilution, the solution is stable for 24 hours when kept in the refrigerator."
        found = variants("After dilution, the solution is stable for 24 hours.", quote)
        assert "condition" in found

    @pytest.mark.parametrize(
        "text",
        [
            "Treatment should be stopped when platelets drop under 50 × 10⁹/L.",
            "A platelet count below 50 × 10⁹/L requires that treatment be stopped.",
        ],
    )
    def test_a_condition_in_other_words_is_let_stand(self, text: str) -> None:
        assert "condition" not in variants(text, self.QUOTE)


def test_a_long_run_of_white_space_is_read_as_a_short_one() -> None:
    (sentence,) = sentences("In 5  207 of" + " \t" * 2500 + "the places.", "en")
    assert sentence.text == "In 5  207 of \tthe places."
    assert len(sentence.plain) == len(sentence.text)
