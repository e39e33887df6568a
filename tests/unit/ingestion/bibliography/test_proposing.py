"""What a paper, an opinion and a guideline say of themselves."""

from datetime import date

import pytest

from ingestion.bibliography.model import (
    Benefit,
    BibliographicReference,
    reference_from_json,
    reference_to_json,
)
from ingestion.bibliography.proposing import Opening, propose, read_reference

TITLE = "Effect of velmorine on renal outcomes in adults with heart failure: the BREVIA trial"


def paper(page: str, title: str = TITLE, **metadata: str) -> BibliographicReference:
    return propose(Opening("paper", title, [page], metadata))


@pytest.mark.parametrize(
    ("line", "journal", "year", "volume", "issue", "pages"),
    [
        (
            "Cardiac Letters. 2021;143:516–525. DOI: 10.9999/CL.1",
            "Cardiac Letters",
            2021,
            "143",
            "",
            "516-525",
        ),
        ("J Ren Med, September 2020, 105(9):3025–3035", "J Ren Med", 2020, "105", "9", "3025-3035"),
        ("The Scalpel, 386 (2015) 2059-2068", "The Scalpel", 2015, "386", "", "2059-2068"),
        ("Heart Annals Open (2024) 4, oabc033", "Heart Annals Open", 2024, "4", "", "oabc033"),
        ("Durand et al. Renal Medicine\n\n(2022) 20:374", "Renal Medicine", 2022, "20", "", "374"),
        ("N Cardiol J 2015;373:2117-28.", "N Cardiol J", 2015, "373", "", "2117-28"),
        ("Diabetes & Vessels | (2022) 14:170 | Diabetes &", "Diabetes & Vessels", 2022, "14", "", "170"),
    ],
)
def test_journal_year_volume_and_pages_are_read_where_they_stand_together(
    line: str, journal: str, year: int, volume: str, issue: str, pages: str
) -> None:
    found = paper(f"{line}\n\n{TITLE}\n\nAnna B. Martin, Carl Durand\n\nAbstract")
    assert (found.journal, found.year, found.volume, found.issue, found.pages) == (
        journal,
        year,
        volume,
        issue,
        pages,
    )


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Anna B. Martin,¹ Carl Durand,² and Eva de la Cruz³", ("Martin AB", "Durand C", "de la Cruz E")),
        ("Jean‑Pierre Petit¹*, J Kennedy Cole²", ("Petit JP", "Cole JK")),
        ("Anna Martin, Carl O’Neil, for The BREVIA Study Group*", ("Martin A", "O’Neil C")),
        (
            "Anna Martin | 1 , Carl Durand²,⁵,*,\n\nand Fabio D’Angelo⁷",
            ("Martin A", "Durand C", "D’Angelo F"),
        ),
    ],
)
def test_authors_stand_below_the_title(names: str, authors: tuple[str, ...]) -> None:
    page = f"{TITLE}\n\n{names}\n\n1 University of Somewhere, Department of Medicine\n\nAbstract"
    assert paper(page).authors == authors


def test_authors_on_lines_of_their_own_are_known_by_their_degrees() -> None:
    page = f"{TITLE}\n\nBACKGROUND:\n\nNothing is known, MD or not.\n\nAnna B. Martin, MRCP*\nCarl Durand ,\nMD\n\nKey Words: x"
    assert paper(page).authors == ("Martin AB", "Durand C")


def test_affiliations_are_no_authors() -> None:
    page = f"{TITLE}\n\nAnna Martin, Carl Durand\n\nReceived 1 May 2020\nRoyal Free Hospital, Pond Street, London"
    assert paper(page).authors == ("Martin A", "Durand C")


def test_the_files_own_metadata_fill_what_the_page_does_not_say() -> None:
    found = paper(
        "Nothing here.", author="Anna Martin", subject="The Scalpel, 386 (2015) 2059-2068. doi:10.9999/x(1)2"
    )
    assert found.authors == ("Martin A",)
    assert (found.journal, found.year, found.doi) == ("The Scalpel", 2015, "10.9999/x(1)2")


def test_a_citation_that_the_paper_asks_for_is_used() -> None:
    cited = f"Cite this article as: Martin AB, Durand C. {TITLE}. Cardiac Letters. 2021;143:516-525."
    found = paper(f"{TITLE}\n\nAbstract\n\n{cited}")
    assert found.authors == ("Martin AB", "Durand C")
    assert found.journal == "Cardiac Letters"


def test_what_is_not_said_stays_empty() -> None:
    found = paper("A page without anything.", title="")
    assert found == BibliographicReference()
    assert found.missing("paper") == ("authors", "title", "journal", "year")


def test_an_opinion_gives_its_day_its_issuer_and_its_one_appraisal() -> None:
    page = (
        "COMMISSION DE LA TRANSPARENCE\nAvis du 5 juin 2024\nVELMORA 5 mg\n"
        "Le service médical rendu par VELMORA est important.\nVELMORA apporte une amélioration mineure (ASMR IV)."
    )
    found = propose(Opening("opinion", "Avis VELMORA", [page], {}))
    assert found.dated_on == date(2024, 6, 5)
    assert found.issuer == "Commission de la Transparence"
    assert found.benefits == (Benefit("", "important", "IV"),)


def test_two_appraisals_are_left_to_a_person() -> None:
    page = "Avis du 05/06/2024. SMR important dans l'insuffisance cardiaque. SMR insuffisant dans l'hypertension."
    assert propose(Opening("opinion", "Avis", [page], {})).benefits == ()


def test_a_written_reference_is_read_back() -> None:
    text = f"Martin AB, Durand C, et al. {TITLE}. Cardiac Letters. 2021;143(2):516-525. doi:10.9999/CL.1."
    found = read_reference(text)
    assert found.authors == ("Martin AB", "Durand C")
    assert (found.title, found.journal, found.year, found.issue) == (TITLE, "Cardiac Letters", 2021, "2")
    assert found.doi == "10.9999/CL.1"


def test_the_vancouver_form_names_six_authors_then_others() -> None:
    reference = BibliographicReference(
        tuple(f"Martin {c}" for c in "ABCDEFG"),
        TITLE,
        "Cardiac Letters",
        2021,
        "143",
        "2",
        "516-525",
        "10.9999/CL.1",
    )
    assert reference.vancouver() == (
        "Martin A, Martin B, Martin C, Martin D, Martin E, Martin F, et al. "
        f"{TITLE}. Cardiac Letters. 2021;143(2):516-525. doi:10.9999/CL.1."
    )


def test_json_keeps_every_field() -> None:
    reference = BibliographicReference(
        ("Martin A",),
        TITLE,
        issuer="HAS",
        dated_on=date(2024, 6, 5),
        benefits=(Benefit("HF", "important", "IV"),),
    )
    assert reference_from_json(reference_to_json(reference)) == reference
