"""A question in one writing is widened with the other writing of the searched documents."""

from assistant.retrieval.abbreviations import lexicon_of
from ingestion.abbreviations import Abbreviation

LEXICON = lexicon_of(
    [
        Abbreviation("PFS", "progression-free survival", 3),
        Abbreviation("SSP", "survie sans progression"),
        Abbreviation("OR", "odds ratio"),
        Abbreviation("TG", "triglycerides"),
        Abbreviation("CT", "computed tomography", 9),
        Abbreviation("CT", "clinical trial", 5),
        Abbreviation("CT", "chemotherapy treatment", 2),
        Abbreviation("CT", "cognitive therapy", 1),
    ]
)


def test_the_short_form_finds_the_long_one() -> None:
    assert LEXICON.widened("What was the PFS?") == {"PFS": ("progression-free survival",)}


def test_the_long_form_finds_the_short_one_in_any_number() -> None:
    found = LEXICON.widened("Quelles sont les survies sans progression ?")
    assert list(found.values()) == [("SSP",)]


def test_small_letters_will_do_for_three_letters_but_not_for_a_little_word() -> None:
    assert LEXICON.widened("pfs with velmora") == {"PFS": ("progression-free survival",)}
    assert LEXICON.widened("tablets or capsules") == {}


def test_one_everyday_word_is_nobodys_abbreviation_but_its_abbreviation_is_written_out() -> None:
    assert LEXICON.widened("triglycerides") == {}
    assert LEXICON.widened("TG") == {"TG": ("triglycerides",)}


def test_of_many_meanings_those_explained_most_often_are_taken() -> None:
    assert LEXICON.widened("CT")["CT"] == ("computed tomography", "clinical trial", "chemotherapy treatment")


def test_a_part_of_a_long_form_is_not_the_long_form() -> None:
    assert LEXICON.widened("survival of patients") == {}
