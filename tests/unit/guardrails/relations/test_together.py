"""A figure of two things together is not told of one of them."""

import pytest

from eval.judged import findings_on
from guardrails.model import Language


def left_out(statement: str, quote: str, language: Language = "en") -> list[object]:
    found = findings_on(statement, language, [quote], language)
    return [
        f.evidence["words"] for f in found if "both together" in f.message("en") and f.severity == "block"
    ]


@pytest.mark.parametrize(
    ("statement", "quote", "language", "words"),
    [
        ("The drug reduced the risk of death by 18%.", "The drug reduced the risk of death or stroke by 18%.", "en", "stroke"),
        ("Nausea occurred in 12% of patients in the first month.", "Nausea or vomiting occurred in 12% of patients in the first month.", "en", "vomiting"),
        ("Adverse events were mild in 90% of patients.", "Adverse events were mild or moderate in 90% of patients.", "en", "moderate"),
        ("The risk of dying from a cardiovascular cause was 22% lower.", "It reduced cardiovascular death or hospitalisation for heart failure by 22%.", "en", "hospitalisation"),
        ("Le médicament a réduit de 18 % le risque de décès.", "Le médicament a réduit de 18 % le risque de décès ou d'AVC.", "fr", "AVC"),
        ("Des nausées sont survenues chez 12 % des patients.", "Des nausées ou des vomissements sont survenus chez 12 % des patients.", "fr", "vomissements"),
    ],
)  # fmt: skip
def test_a_share_or_an_effect_of_both_told_of_one_blocks(
    statement: str, quote: str, language: Language, words: str
) -> None:
    assert left_out(statement, quote, language) == [words]


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Death or stroke fell by 18%.", "The drug reduced the risk of death or stroke by 18%."),
        ("Both deaths and strokes together fell by 18%.", "The drug reduced the risk of death or stroke by 18%."),
        ("Cerebrovascular accidents and mortality fell by 18%.", "The drug reduced the risk of death or stroke by 18%."),
        ("The dose is 10 mg in adults.", "The dose is 10 mg in adults or adolescents."),
        ("Clearance fell by 30% in renal impairment.", "Clearance fell by 30% in patients with renal or hepatic impairment."),
        ("Of patients of 65 years and over, 30% stopped.", "Of patients aged 65 years or older, 30% stopped."),
        ("Bleeding occurred in 4% on aspirin.", "Bleeding occurred in 4% of those treated with aspirin or clopidogrel."),
    ],
)  # fmt: skip
def test_both_told_a_dose_and_who_is_spoken_of_are_left_alone(statement: str, quote: str) -> None:
    assert left_out(statement, quote) == []
