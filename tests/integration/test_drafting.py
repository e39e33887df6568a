"""Drafting, checking and editing on both databases."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from assistant.content.drafting import DraftOutcome, draft
from assistant.content.editing import edit_segment, remove_segment
from assistant.content.from_text import check_text
from assistant.content.quoting import Means
from assistant.content.request import DraftRequest, resolve
from assistant.content.view import piece_json
from assistant.corpus.loading import load_sources
from assistant.corpus.model import ApprovalRequest, Source
from assistant.corpus.products import freeze_product
from assistant.corpus.sources import withdraw_source
from assistant.engines.extractive import ExtractiveEngine
from assistant.errors import (
    Conflict,
    InvalidInput,
    NoEvidence,
    NotAllowed,
    ProductFrozen,
    SourceNotUsable,
    UnknownProduct,
    UnknownSource,
)
from assistant.people.roles import Actor
from assistant.retrieval.search import Searcher
from assistant.review.model import Revision
from assistant.review.pieces import load_piece, newest_revision
from assistant.store.clock import civil_date
from assistant.store.database import Database, Transaction
from assistant.store.schema import audit_entry, piece
from ingestion.embed import FastEmbedder
from ingestion.index import MemoryIndex
from tests.builders.labels import ENGLISH, label_reading

AddSource = Callable[..., Source]
WANTED = DraftRequest("Velmora", "key-moments", "FR", "en")


class NoVectors:
    """An embedder of which no vector is stored: search goes by words alone."""

    name = "none"

    def embed(self, texts: list[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return np.ones((len(texts), 4), dtype=np.float32)


@pytest.fixture
def searcher(db: Database) -> Searcher:
    return Searcher(db, NoVectors(), lambda _product: MemoryIndex())


@pytest.fixture
def drafting(db: Database, searcher: Searcher, people: dict[str, Actor]) -> Callable[..., DraftOutcome]:
    def make(**changes: Any) -> DraftOutcome:
        return draft(db, searcher, ExtractiveEngine(), people["writer"], replace(WANTED, **changes))

    return make


@pytest.fixture
def label(add_source: AddSource) -> Source:
    return add_source(label_reading(ENGLISH), language="en")


def shown(db: Database, piece_id: str) -> dict[str, Any]:
    with db.read() as connection:
        return piece_json(connection, piece_id, "en", db.clock)


def newest(db: Database, piece_id: str) -> Revision:
    with db.read() as connection:
        return newest_revision(connection, load_piece(connection, piece_id))


@pytest.mark.parametrize("qualification", ["promotional", "reactive_medical"])
def test_key_moments_keep_within_the_indication_where_they_promote(
    drafting: Callable[..., DraftOutcome], db: Database, add_source: AddSource, qualification: str
) -> None:
    late = "Patients have been successfully treated with Velmora later than 6 hours after symptom onset."
    indicated = (
        "Velmora is indicated in adults with myocardial infarction within 6 hours after symptom onset."
    )
    sections = {"4.1 Therapeutic indications": [indicated], "5.1 Pharmacodynamic properties": [late]}
    add_source(label_reading(sections), language="en")
    made = drafting(qualification=qualification)
    said = {segment.text for segment in newest(db, made.piece_id).document.segments}
    assert (late in said) == (qualification != "promotional")


def test_sources_stand_in_one_order_whichever_was_registered_first(
    db: Database, add_source: AddSource
) -> None:
    files = [
        {"kind": "paper", "title": "Trial", "text": "Trial"},
        {"kind": "label", "title": "B label", "text": "Velmora"},
        {"kind": "label", "title": "a label", "text": "Cardorelone"},
        {"kind": "label", "title": "a label", "text": "The medicine"},
    ]
    orders = []
    for product, given in (("Velmora", files), ("Aubrelin", files[::-1])):
        for file in given:
            sections = {"4.1 Therapeutic indications": [f"{file['text']} is indicated in adults."]}
            read = label_reading(sections)
            add_source(read, language="en", kind=file["kind"], title=file["title"], product=product)
        with db.read() as connection:
            wanted = resolve(connection, replace(WANTED, product=product), civil_date(db.clock.now(), "FR"))
            by_id = {s.id: s.sha256 for s in load_sources(connection)}
        orders.append([(used.kind, used.title, by_id[used.id]) for used in wanted.sources])
    assert orders[0] == orders[1]
    assert [title for _, title, _ in orders[0]] == ["a label", "a label", "B label", "Trial"]


@pytest.mark.parametrize("kind", ["key-moments", "quiz", "email", "brief"])
def test_each_kind_is_drafted_with_every_statement_cited(
    db: Database, drafting: Callable[..., DraftOutcome], label: Source, kind: str
) -> None:
    made = shown(db, drafting(kind=kind).piece_id)
    assert made["piece"]["kind"] == kind
    assert made["statements"]
    for statement in made["statements"]:
        assert statement["verdict"] == "pass"
        assert {citation["source"] for citation in statement["citations"]} == {label.id}


def test_the_piece_names_what_it_was_made_of(
    db: Database, drafting: Callable[..., DraftOutcome], label: Source
) -> None:
    made = shown(db, drafting().piece_id)
    assert made["piece"]["engine"] == "extractive"
    assert made["piece"]["qualification"] == "promotional"
    assert made["provenance"]["sources"] == [label.id]
    assert made["provenance"]["templates"][0]["name"] == "key-moments.en"


@pytest.mark.usefixtures("label")
def test_french_from_an_english_source_is_refused_with_the_reason(
    drafting: Callable[..., DraftOutcome],
) -> None:
    with pytest.raises(NoEvidence, match=r"English only; nothing is drafted in French"):
        drafting(language="fr")


@pytest.mark.usefixtures("label")
def test_another_market_is_refused_with_the_source_and_why(drafting: Callable[..., DraftOutcome]) -> None:
    with pytest.raises(NoEvidence, match=r"not approved for the market EU \(only FR\)"):
        drafting(market="EU")


def test_an_unknown_product_and_an_unknown_source_are_refused_by_name(
    drafting: Callable[..., DraftOutcome], label: Source
) -> None:
    with pytest.raises(UnknownProduct, match="Nemoxil"):
        drafting(product="Nemoxil")
    with pytest.raises(UnknownSource, match="source_0"):
        drafting(sources=(label.id, "source_0"))


def test_a_source_without_approval_is_refused_as_such(
    drafting: Callable[..., DraftOutcome], add_source: AddSource
) -> None:
    pending = add_source(label_reading(ENGLISH), language="en", approval=None)
    with pytest.raises(SourceNotUsable, match="no approval yet"):
        drafting(sources=(pending.id,))


def test_an_expired_source_is_refused_with_its_date(
    drafting: Callable[..., DraftOutcome], add_source: AddSource, clock: Any
) -> None:
    today = clock.now().date()
    add_source(label_reading(ENGLISH), language="en", approval=ApprovalRequest("R", today, today))
    drafting()
    clock.advance(days=1)
    with pytest.raises(NoEvidence, match=f"expired on {today.isoformat()}"):
        drafting()


def test_a_withdrawn_source_is_refused_with_its_reason(
    db: Database, drafting: Callable[..., DraftOutcome], label: Source, people: dict[str, Actor]
) -> None:
    withdraw_source(db, people["librarian"], label.id, "Error in section 4.2")
    with pytest.raises(NoEvidence, match="Error in section 4"):
        drafting()


@pytest.mark.usefixtures("label")
def test_a_frozen_product_is_refused(
    db: Database, drafting: Callable[..., DraftOutcome], people: dict[str, Actor]
) -> None:
    freeze_product(db, people["safety"], "Velmora", "Safety review")
    with pytest.raises(ProductFrozen, match="Safety review"):
        drafting()


@pytest.mark.usefixtures("label")
def test_a_topic_of_which_the_sources_say_nothing_is_refused(drafting: Callable[..., DraftOutcome]) -> None:
    with pytest.raises(NoEvidence, match="football"):
        drafting(topic="football")


def test_a_topic_of_which_something_is_said_where_nothing_is_drafted_from_is_not_called_unknown(
    drafting: Callable[..., DraftOutcome], add_source: AddSource
) -> None:
    kept = {
        **ENGLISH,
        "6. Pharmaceutical particulars": [
            "Special precautions for storage: the vials are kept below 25 °C in the carton."
        ],
    }
    add_source(label_reading(kept), language="en")
    with pytest.raises(NoEvidence, match="“storage” stands in no sentence that can be told alone"):
        drafting(topic="storage")
    with pytest.raises(NoEvidence, match="say nothing on “astronauts”"):
        drafting(topic="astronauts")


@pytest.mark.usefixtures("label")
def test_an_unknown_kind_or_language_is_wrong_input(drafting: Callable[..., DraftOutcome]) -> None:
    with pytest.raises(InvalidInput, match="poem"):
        drafting(kind="poem")
    with pytest.raises(InvalidInput, match="de"):
        drafting(language="de")


@pytest.mark.usefixtures("label")
def test_only_writers_draft(db: Database, searcher: Searcher, people: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        draft(db, searcher, ExtractiveEngine(), people["medical"], WANTED)


@pytest.mark.usefixtures("label")
@pytest.mark.parametrize("point", ["draft:piece", "draft:revision", "revision:segments", "checks:findings"])
def test_a_draft_that_dies_half_way_leaves_nothing(
    db: Database, searcher: Searcher, people: dict[str, Actor], die_at: Callable[[str], Any], point: str
) -> None:
    with pytest.raises(RuntimeError, match="died"):
        draft(replace(db, failpoint=die_at(point)), searcher, ExtractiveEngine(), people["writer"], WANTED)
    with db.read() as connection:
        assert connection.execute(select(piece)).all() == []
        actions = set(connection.scalars(select(audit_entry.c.action)))
    assert actions.isdisjoint({"piece.begun", "revision.saved", "piece.checked"})


@pytest.mark.usefixtures("label")
def test_what_a_job_notes_is_written_with_the_piece(
    db: Database, searcher: Searcher, people: dict[str, Actor]
) -> None:
    seen: list[str] = []

    def note(tx: Transaction, outcome: DraftOutcome) -> None:
        assert tx.execute(select(piece.c.id)).scalar_one() == outcome.piece_id
        seen.append(outcome.piece_id)

    outcome = draft(db, searcher, ExtractiveEngine(), people["writer"], WANTED, on_saved=note)
    assert seen == [outcome.piece_id]


@pytest.mark.usefixtures("label")
def test_an_edited_statement_is_human_and_waits_for_a_reviewer(
    db: Database, drafting: Callable[..., DraftOutcome], people: dict[str, Actor]
) -> None:
    made = drafting()
    before = shown(db, made.piece_id)
    statement = before["statements"][0]
    edit_segment(
        db, people["writer"], made.piece_id, statement["id"], "Velmora is for adults.", made.revision_id
    )
    after = shown(db, made.piece_id)
    edited = next(s for s in after["statements"] if s["id"] == statement["id"])
    assert (edited["wording"], after["piece"]["revision"]) == ("human", 2)
    assert edited["verdict"] != "pass"


@pytest.mark.usefixtures("label")
def test_the_same_text_again_makes_no_revision(
    db: Database, drafting: Callable[..., DraftOutcome], people: dict[str, Actor]
) -> None:
    made = drafting()
    statement = shown(db, made.piece_id)["statements"][0]
    edit_segment(db, people["writer"], made.piece_id, statement["id"], statement["text"], made.revision_id)
    assert shown(db, made.piece_id)["piece"]["revision"] == 1


@pytest.mark.usefixtures("label")
def test_an_edit_of_an_older_revision_is_a_conflict(
    db: Database, drafting: Callable[..., DraftOutcome], people: dict[str, Actor]
) -> None:
    made = drafting()
    first, second, *_ = (s["id"] for s in shown(db, made.piece_id)["statements"])
    edit_segment(db, people["writer"], made.piece_id, first, "Velmora is for adults.", made.revision_id)
    with pytest.raises(Conflict):
        edit_segment(db, people["writer"], made.piece_id, second, "Another text.", made.revision_id)


@pytest.mark.usefixtures("label")
def test_a_question_goes_with_its_options(
    db: Database, drafting: Callable[..., DraftOutcome], people: dict[str, Actor]
) -> None:
    made = drafting(kind="quiz")
    before = shown(db, made.piece_id)["content"]["questions"]
    remove_segment(db, people["writer"], made.piece_id, before[0]["id"], made.revision_id)
    after = shown(db, made.piece_id)["content"]
    assert len(after["questions"]) == len(before) - 1
    left = {segment["id"] for segment in after["segments"]}
    assert left.isdisjoint({option["id"] for option in before[0]["options"]})


@pytest.mark.usefixtures("label")
def test_no_part_of_a_question_is_left_out_alone(
    db: Database, drafting: Callable[..., DraftOutcome], people: dict[str, Actor]
) -> None:
    made = drafting(kind="quiz")
    question = shown(db, made.piece_id)["content"]["questions"][0]
    for part in (question["options"][0]["id"], question["feedback"]["id"]):
        with pytest.raises(InvalidInput):
            remove_segment(db, people["writer"], made.piece_id, part, made.revision_id)


@pytest.mark.usefixtures("label")
def test_a_heading_goes_with_the_last_statement_under_it_and_the_last_of_all_stays(
    db: Database, drafting: Callable[..., DraftOutcome], people: dict[str, Actor]
) -> None:
    made = drafting()
    while len(statements := shown(db, made.piece_id)["statements"]) > 1:
        base = newest(db, made.piece_id)
        remove_segment(db, people["writer"], made.piece_id, statements[0]["id"], base.id)
        after = newest(db, made.piece_id).document.segments
        headings = [s for s in after if s.role in {"section", "theme"}]
        for heading in headings:
            following = after[after.index(heading) + 1]
            assert following.kind == "statement" or following in headings, following
            assert following.group == heading.group
    with pytest.raises(InvalidInput):
        remove_segment(db, people["writer"], made.piece_id, statements[0]["id"], newest(db, made.piece_id).id)


@pytest.mark.usefixtures("label")
def test_a_text_from_elsewhere_is_judged_sentence_by_sentence(
    db: Database, searcher: Searcher, people: dict[str, Actor]
) -> None:
    text = (
        "The recommended starting dose of Velmora is 10 mg once daily.\n\n"
        "Hyperkalaemia was reported in 12.9% of patients with cardorelone and in 6.1% with placebo.\n\n"
        "Bicycles were ridden to the moon by 42% of all penguins."
    )
    made = check_text(db, Means(searcher, NoVectors()), people["writer"], text, replace(WANTED, kind="text"))
    exact, changed, foreign = shown(db, made)["statements"]
    assert (exact["verdict"], exact["wording"]) == ("pass", "verbatim")
    assert changed["citations"]
    assert changed["verdict"] == "block"
    assert (foreign["citations"], foreign["verdict"]) == ([], "block")


@pytest.mark.usefixtures("label")
def test_a_heading_of_a_text_from_elsewhere_waits_for_a_reviewer(
    db: Database, searcher: Searcher, people: dict[str, Actor]
) -> None:
    text = "Velmora: key points\n\nThe recommended starting dose of Velmora is 10 mg once daily."
    made = check_text(db, Means(searcher, NoVectors()), people["writer"], text, replace(WANTED, kind="text"))
    waiting = [f for f in shown(db, made)["findings"] if f["severity"] == "needs_review"]
    assert [(f["rule"], f["evidence"]["text"]) for f in waiting] == [("GR1", "Velmora: key points")]


@pytest.mark.usefixtures("label")
def test_a_sentence_in_another_language_gets_the_sentence_that_it_translates(
    db: Database, people: dict[str, Actor]
) -> None:
    sentences = FastEmbedder()
    searching = Searcher(db, sentences, lambda _product: MemoryIndex())
    text = (
        "La dose initiale recommandée de Velmora est de 10 mg une fois par jour.\n\n"
        "La dose initiale recommandée de Velmora est de 15 mg une fois par jour.\n\n"
        "Les manchots se promènent volontiers à bicyclette le dimanche."
    )
    wanted = replace(WANTED, kind="text", language="fr")
    made = check_text(db, Means(searching, sentences), people["writer"], text, wanted)
    right, wrong, foreign = shown(db, made)["statements"]
    assert right["citations"][0]["quote"] == "The recommended starting dose of Velmora is 10 mg once daily."
    assert right["verdict"] == "needs_review"
    assert wrong["citations"][0]["quote"] == right["citations"][0]["quote"]
    assert wrong["verdict"] == "block"
    assert (foreign["citations"], foreign["verdict"]) == ([], "block")


@pytest.mark.usefixtures("label")
def test_a_sentence_on_one_study_is_given_a_quote_that_names_it(
    db: Database, searcher: Searcher, people: dict[str, Actor], add_source: AddSource
) -> None:
    told = "The drug prolonged overall survival against placebo in patients who had chemotherapy before"
    reading = label_reading({"5.1 Clinical efficacy": (f"{told}, in CASTOR-1.", f"{told}, in MERIDIAN-3.")})
    add_source(reading, language="en", title="Another label")
    text = "In MERIDIAN-3 the drug prolonged overall survival against placebo."
    made = check_text(db, Means(searcher, NoVectors()), people["writer"], text, replace(WANTED, kind="text"))
    (statement,) = shown(db, made)["statements"]
    assert "MERIDIAN-3" in statement["citations"][0]["quote"]


@pytest.mark.usefixtures("label")
def test_an_empty_text_is_refused(db: Database, searcher: Searcher, people: dict[str, Actor]) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        check_text(db, Means(searcher, NoVectors()), people["writer"], "  \n", replace(WANTED, kind="text"))
