"""The title that a PDF prints on its first page."""

from collections.abc import Sequence

from ingestion.assembly import Block, PageDraft
from ingestion.formats.pdf_title import printed_title
from ingestion.model import Rectangle


def title(blocks: Sequence[tuple[str, int]]) -> str | None:
    """Of a first page; a level of 0 is prose."""
    made = [Block(text, kind="heading" if level else "sentence", level=level) for text, level in blocks]
    return printed_title([PageDraft(1, made)])


def test_a_label_is_called_after_the_medicine_that_its_section_1_names() -> None:
    assert (
        title(
            [
                ("RÉSUMÉ DES CARACTÉRISTIQUES DU PRODUIT", 2),
                ("1. DÉNOMINATION DU MÉDICAMENT", 10),
                ("VELMORA 10 mg, comprimé pelliculé.", 0),
                ("2. COMPOSITION QUALITATIVE ET QUANTITATIVE", 10),
            ]
        )
        == "VELMORA 10 mg, comprimé pelliculé"
    )
    assert (
        title(
            [
                ("1. NAME OF THE MEDICINAL PRODUCT", 10),
                ("Velmora 2.5 mg film-coated tablets\nVelmora 10 mg film-coated tablets", 0),
            ]
        )
        == "Velmora 2.5 mg film-coated tablets"
    )


def test_a_section_1_without_a_name_gives_none() -> None:
    empty = [("1. NAME OF THE MEDICINAL PRODUCT", 10), ("2. QUALITATIVE AND QUANTITATIVE COMPOSITION", 10)]
    assert title(empty) is None
    assert title([("1. NAME OF THE MEDICINAL PRODUCT", 10)]) is None


def test_a_numbered_part_is_no_title_however_large_it_is_set() -> None:
    assert (
        title([("4. CLINICAL PARTICULARS OF THE PRODUCT", 10), ("The tablets are taken whole.", 0)]) is None
    )


def test_elsewhere_the_highest_heading_is_with_the_lines_that_go_on_with_it() -> None:
    assert (
        title(
            [
                ("Circulation", 2),
                ("Cardorelone in chronic heart failure with", 5),
                ("reduced ejection fraction", 5),
                ("1. Introduction to the whole trial", 5),
                ("Methods of the trial at 40 centres", 9),
            ]
        )
        == "Cardorelone in chronic heart failure with reduced ejection fraction"
    )


TITLE = "Nalorel against placebo in\nadults with chronic asthma and\nfrequent exacerbations: a\nrandomised trial (ARDENNE)"


def page(*blocks: tuple[str, float, float]) -> PageDraft:
    """Blocks of prose: text, where it stands from the top, how high its type is."""
    made = [
        Block(text, boxes=[(0, len(text), Rectangle(50, top, 300, top + height))])
        for text, top, height in blocks
    ]
    return PageDraft(1, made, width=600, height=800)


PROSE = (
    "Exacerbations were counted for a year by the patients themselves, who wrote them down. " * 5,
    300.0,
    11.0,
)


def test_where_no_heading_is_the_title_it_is_what_is_set_large_at_the_top() -> None:
    masthead, authors = (
        ("Annals of Lung Disease", 20.0, 24.0),
        ("A. Verne, B. Lindqvist and the others", 150.0, 11.0),
    )
    assert printed_title([page(masthead, (TITLE, 60.0, 18.0), authors, PROSE)]) == TITLE.replace("\n", " ")


def test_what_is_set_large_below_or_hardly_larger_is_no_title() -> None:
    assert printed_title([page(PROSE, ("A pull quote of the authors in large type", 600.0, 20.0))]) is None
    assert printed_title([page(("We thank all of the patients", 60.0, 12.0), PROSE)]) is None
    assert printed_title([page(("4. Clinical particulars of the product", 60.0, 20.0), PROSE)]) is None
