"""What a product is called tells nothing apart in its own documents."""

import pytest

from assistant.retrieval.names import without_names

NAMES = ("Ostivar", "ostivarine", "ostivarinum sodium")


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("What are the contraindications of Ostivar?", "What are the contraindications of ?"),
        ("What are Ostivar's contraindications?", "What are  contraindications?"),
        ("What are OSTIVAR’s contraindications?", "What are  contraindications?"),
        ("contre-indications de l'ostivariné ?", "contre-indications de l' ?"),
        ("half-life of ostivarinum sodium", "half-life of "),
        ("Ostivar or warfarin: bleeding?", " or warfarin: bleeding?"),
        ("How should Ostivar be stored?", "How should  be stored?"),
    ],
)
def test_the_names_are_taken_out_of_what_is_looked_for(asked: str, left: str) -> None:
    assert without_names(asked, NAMES) == left


@pytest.mark.parametrize(
    "asked",
    [
        "Ostivar",
        "What is Ostivar?",
        "Qu'est-ce que l'ostivarine ?",
        "Tell me about Ostivar",
        "Parlez-moi d'Ostivar",
        "dose of warfarin",
        "anti-ostivarine antibodies",
        "Ostivar-induced cough",
        "",
    ],
)
def test_a_name_stays_that_is_all_that_is_asked_or_part_of_a_compound(asked: str) -> None:
    assert without_names(asked, NAMES) == asked


@pytest.mark.parametrize("joined", ["sacurate/valtane", "sacurate + valtane", "sacurate et valtane"])
def test_of_several_substances_each_tells_which_is_meant(joined: str) -> None:
    names = ("Duotane", joined, "valtane")
    assert without_names("half-life of valtane", names) == "half-life of valtane"
    assert without_names("half-life of Duotane", names) == "half-life of "
    assert without_names(f"half-life of {joined}", names) == "half-life of "
