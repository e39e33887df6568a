from collections import Counter
from pathlib import Path

import pytest
import yaml

from assistant.retrieval import shorthand
from assistant.retrieval.shorthand import of_a_topic, otherwise, written_out
from assistant.store.words import stems


def test_shorthand_is_written_out_in_both_languages() -> None:
    found = written_out("AVC chez les pts ?")
    assert found["avc"] == ("stroke", "accident vasculaire cérébral")
    assert found["pts"] == ("patients", "patients")


def test_hurried_words_are_written_out() -> None:
    assert "level" in written_out("target lvl")["lvl"]
    assert written_out("hypoTA ?")["hypota"] == ("hypotension", "hypotension")
    assert "nombre de sujets à traiter" in written_out("NST ?")["nst"]


def test_two_words_may_be_one_term() -> None:
    assert "half-life" in written_out("demi vie du médicament")["demi vie"]


def test_an_ordinary_sentence_holds_little_of_it() -> None:
    assert written_out("The tablet must not be split or crushed.") == {}
    assert written_out("Le comprimé ne doit pas être écrasé.") == {}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("her joints hurt, joint pain?", "arthralgia"),
        ("il a mal au dos", "dorsalgie"),
        ("pins and needles in the hands", "paraesthesia"),
        ("a-t-il maigri", "perte de poids"),
        ("the solution went cloudy", "discoloured"),
        ("prise au coucher", "bedtime"),
        ("lapse of a fortnight", "2 weeks"),
        ("sous la peau", "subcutaneous"),
        ("tirage au sort", "randomised"),
        ("ses plaquettes", "platelet"),
    ],
)
def test_lay_words_are_said_in_the_labels_words(question: str, text: str) -> None:
    assert text in {said for texts in otherwise(question).values() for said in texts}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("needle gauge", "injection"),
        ("taille de l'aiguille", "injection"),
        ("weight of the patient", "weight gain"),
        ("the pen", "syringe"),
        ("black box", "race"),
        ("second injection", "seconds"),
    ],
)
def test_a_neighbour_is_no_other_name(question: str, text: str) -> None:
    assert text not in {said for texts in otherwise(question).values() for said in texts}


def test_each_row_says_something_in_both_languages() -> None:
    rows = yaml.safe_load((Path(shorthand.__file__).parent / "terms.yaml").read_text("utf-8"))
    for row in rows:
        assert all(stems(str(text), "en") for text in row["en"]), row
        assert all(stems(str(text), "fr") for text in row["fr"]), row
        twice = [said for said, count in Counter(map(str, row["said"])).items() if count > 1]
        assert twice == [], row


def test_a_topic_on_children_is_said_in_the_words_of_labels() -> None:
    assert "children" in of_a_topic("paediatric population")["paediatric"]
    assert "enfants" in of_a_topic("population pédiatrique")["pediatrique"]
    assert of_a_topic("heart failure") == otherwise("heart failure")


def test_a_topic_s_heading_is_known_in_both_languages_and_switching_is_no_change() -> None:
    assert "method of administration" in of_a_topic("mode d’administration")["mode d administration"]
    assert "undesirable effects" in of_a_topic("tolérance")["tolerance"]
    assert "changed" not in of_a_topic("switching")["switching"]
    assert "transferred" in of_a_topic("switching")["switching"]


def test_a_topic_names_a_failing_kidney_or_liver_in_the_words_of_any_label() -> None:
    assert "hepatic insufficiency" in of_a_topic("hepatic impairment")["hepatic impairment"]
    assert "atteinte hépatique" in of_a_topic("insuffisance hépatique")["insuffisance hepatique"]
    assert "renal impairment" in of_a_topic("dose in kidney disease")["kidney disease"]
    assert "hepatic impairment" not in of_a_topic("renal impairment")["renal impairment"]
    assert "renal insufficiency" not in of_a_topic("heart failure")["heart failure"]
