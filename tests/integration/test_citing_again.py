"""A text that its writer saves again after a rereading: the same place, the one other place, or none that is guessed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant.content.editing import edit_segment
from assistant.corpus.model import Source
from assistant.people.roles import Actor
from assistant.publishing.reread import after_reread
from assistant.retrieval.evidence import all_evidence
from assistant.retrieval.places import placed
from assistant.review.pieces import load_piece, newest_revision
from assistant.store.database import Database
from guardrails.citations import cite
from guardrails.model import Citation, Segment
from guardrails.verbatim import is_verbatim
from ingestion.formats import READER_VERSION
from ingestion.model import Reading
from tests.builders.dossier import add_piece, reading_of
from tests.builders.rereading import quoting, store_reading
from tests.integration.test_rereading import reading_now, rules_of, take

People = dict[str, Actor]
AddSource = Callable[..., Source]
INDICATION = "Velmora is indicated in adults with chronic heart failure."
DOSE = "The recommended dose of Velmora is 5 mg once daily."
HALVED = "The dose must be halved."
FOOD = "The tablets are taken with food."
POSOLOGY = ("4. CLINICAL", "4.2 Posology")
LABEL = (
    (INDICATION, ("4. CLINICAL", "4.1 Therapeutic indications")),
    (DOSE, (*POSOLOGY, "Renal impairment")),
    (HALVED, (*POSOLOGY, "Hepatic impairment")),
    (DOSE, (*POSOLOGY, "Adults")),
)


def label(sentences: Sequence[tuple[str, Sequence[str]]]) -> Reading:
    """A page for each sentence, with its headings."""
    read = reading_of([text for text, _ in sentences])
    under = zip(read.sentences, sentences, strict=True)
    return replace(read, sentences=tuple(replace(one, section=tuple(path)) for one, (_, path) in under))


def citing(db: Database, people: People, source: str, quote: str, heading: str) -> str:
    """The id of a piece of one statement, which quotes these words under that heading."""
    with db.read() as connection:
        item = next(
            one for one in all_evidence(connection, [source]) if heading in one.section and quote in one.text
        )
        start = item.text.index(quote)
        cited = placed(connection, cite(item, start, start + len(quote)))
    base = quoting(db, source, INDICATION)
    said = replace(base.segments[0], text=quote, citations=(cited,))
    return add_piece(db, people["writer"], replace(base, segments=(said,))).id


def read_again(db: Database, people: People, source: str, newer: Reading) -> None:
    take(
        db,
        people["librarian"],
        source,
        store_reading(db, source, replace(newer, reader_version=READER_VERSION)),
    )
    after_reread(db, people["librarian"], source)


def saved_again(db: Database, people: People, piece: str) -> Segment:
    with db.read() as connection:
        newest = newest_revision(connection, load_piece(connection, piece))
    (said,) = newest.document.segments
    return edit_segment(db, people["writer"], piece, said.id, said.text, newest.id).document.segment(said.id)


def where(cited: Citation) -> tuple[str, int | None]:
    return cited.locator.section, cited.locator.page


def renamed(before: str, after: str) -> Reading:
    return label([(text, [title.replace(before, after) for title in path]) for text, path in LABEL])


@pytest.mark.parametrize(("before", "after"), [("4.2 ", "4.2. "), ("Posology", "Posology :"), ("4.2", "5.2")])
def test_words_that_stand_twice_are_cited_where_they_stood(
    db: Database, people: People, add_source: AddSource, before: str, after: str
) -> None:
    found = add_source(label(LABEL), markets=("EU",))
    piece = citing(db, people, found.id, DOSE, "Adults")
    read_again(db, people, found.id, renamed(before, after))
    (cited,) = saved_again(db, people, piece).citations
    assert where(cited) == (f"{'4.2 Posology'.replace(before, after)} › Adults", 4)
    assert cited.reading == reading_now(db, found.id)


def test_of_two_strengths_the_one_that_it_was_under_is_cited(
    db: Database, people: People, add_source: AddSource
) -> None:
    def both(first: str) -> Reading:
        parts = (
            (INDICATION, ("4.1 Indications",)),
            *((DOSE, (f"{x} tablets", first)) for x in ("5 mg", "10 mg")),
        )
        return label(parts)

    found = add_source(both("4.2 Posology"), markets=("EU",))
    piece = citing(db, people, found.id, DOSE, "10 mg tablets")
    read_again(db, people, found.id, both("4.2. Posology"))
    (cited,) = saved_again(db, people, piece).citations
    assert where(cited) == ("4.2. Posology", 3)


def test_which_strength_is_meant_is_not_guessed(db: Database, people: People, add_source: AddSource) -> None:
    found = add_source(label(LABEL[:2]), markets=("EU",))
    piece = citing(db, people, found.id, DOSE, "Renal impairment")
    path = LABEL[1][1]
    two = label((LABEL[0], (DOSE, ("Velmora 5 mg", *path)), (DOSE, ("Velmora 10 mg", *path))))
    read_again(db, people, found.id, two)
    (cited,) = saved_again(db, people, piece).citations
    assert cited.reading != reading_now(db, found.id)


def test_among_several_other_places_none_is_guessed_and_the_check_says_what_to_do(
    db: Database, people: People, add_source: AddSource
) -> None:
    found = add_source(label(LABEL), markets=("EU",))
    piece = citing(db, people, found.id, DOSE, "Adults")
    read_again(db, people, found.id, renamed("Adults", "Children"))
    (cited,) = saved_again(db, people, piece).citations
    assert where(cited) == ("4.2 Posology › Adults", 4)
    assert ("GR1", "s1") in rules_of(db, piece)


def test_the_one_other_place_is_cited(db: Database, people: People, add_source: AddSource) -> None:
    found = add_source(label((*LABEL[:1], *LABEL[2:])), markets=("EU",))
    piece = citing(db, people, found.id, DOSE, "Adults")
    read_again(db, people, found.id, label(LABEL[:3]))
    assert ("GR1", "s1") in rules_of(db, piece)
    (cited,) = saved_again(db, people, piece).citations
    assert where(cited) == ("4.2 Posology › Renal impairment", 2)
    assert ("GR1", "s1") not in rules_of(db, piece)


@pytest.mark.parametrize("strength", ["5 mg", "10 mg"])
def test_a_dose_under_another_strength_goes_back(
    db: Database, people: People, add_source: AddSource, strength: str
) -> None:
    def under(title: str) -> Reading:
        return label((LABEL[0], (DOSE, (*POSOLOGY, title)), (HALVED, (*POSOLOGY, "Elderly"))))

    found = add_source(under("10 mg tablets"), markets=("EU",))
    piece = citing(db, people, found.id, DOSE, "10 mg tablets")
    read_again(db, people, found.id, under(f"{strength} tablets"))
    assert (("GR1", "s1") in rules_of(db, piece)) == (strength == "5 mg")


def test_two_sentences_that_stand_in_two_passages_now_are_cited_in_both(
    db: Database, people: People, add_source: AddSource
) -> None:
    adults, children = (*POSOLOGY, "Adults"), (*POSOLOGY, "Children")
    found = add_source(label((LABEL[0], (HALVED, adults), (FOOD, adults))), markets=("EU",))
    piece = citing(db, people, found.id, f"{HALVED} {FOOD}", "Adults")
    newer = label((LABEL[0], (HALVED, children), (FOOD, (*children, "With food"))))
    read_again(db, people, found.id, newer)
    assert ("GR1", "s1") in rules_of(db, piece)
    said = saved_again(db, people, piece)
    assert [one.quote for one in said.citations] == [HALVED, FOOD]
    assert [where(one) for one in said.citations] == [
        ("4.2 Posology › Children", 2),
        ("4.2 Posology › With food", 3),
    ]
    assert is_verbatim(said)
    assert ("GR1", "s1") not in rules_of(db, piece)
