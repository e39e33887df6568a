"""Tables in the store: shown with their cells, and a doubtful one says so in every citation of its rows."""

from collections.abc import Callable

from assistant.corpus.model import Source
from assistant.corpus.view import source_json
from assistant.retrieval.evidence import evidence_of
from assistant.retrieval.places import placed
from assistant.store.database import Database
from assistant.store.readings import load_page, passages_of
from guardrails.citations import ProposedCitation, verify
from guardrails.model import Citation
from ingestion.assembly import Block, PageDraft, assemble, table_block
from ingestion.model import Reading
from ingestion.tables import GridCell, give_roles, write_table

AddSource = Callable[..., Source]
ROWS = (("Weight", "Dose"), ("Below 60 kg", "30 mg"), ("From 60 kg", "35 mg"))


def reading(*reasons: str) -> Reading:
    cells = [GridCell(r, c, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    table = table_block(write_table(cells, [*give_roles(cells), *reasons]))
    pages, sentences, language = assemble([PageDraft(1, [Block("The dose depends on weight."), table])])
    return Reading("a" * 64, "9", "pdf", pages, sentences, "Label", language)


def cited(db: Database, source: Source, quote: str) -> Citation:
    with db.read() as connection:
        stored = passages_of(connection, source.reading_id)
        evidence = {e.passage: e for e in evidence_of(connection, [p.id for p in stored])}
        key = next(p.id for p in stored if quote in p.passage.text)
        found = verify(ProposedCitation(key, quote), evidence)
        assert isinstance(found, Citation)
        assert found.doubtful == (evidence[key].page_quality != "good")
        return placed(connection, found)


def test_a_row_of_a_sure_table_is_cited_without_doubt(db: Database, add_source: AddSource) -> None:
    assert not cited(db, add_source(reading()), "From 60 kg | 35 mg").doubtful


def test_a_row_of_a_doubtful_table_carries_the_doubt_and_the_prose_beside_it_does_not(
    db: Database, add_source: AddSource
) -> None:
    source = add_source(reading("overlapping"))
    assert cited(db, source, "From 60 kg | 35 mg").doubtful
    assert not cited(db, source, "The dose depends on weight.").doubtful


def test_tables_come_back_from_the_store_and_are_shown_with_the_text(
    db: Database, add_source: AddSource
) -> None:
    read = reading()
    source = add_source(read)
    with db.read() as connection:
        assert load_page(connection, source.reading_id, 1).tables == read.pages[0].tables
    shown = source_json(db, source, with_text=True)
    (table,) = shown["tables"]
    assert (table["page"], table["columns"], table["doubtful"]) == (1, [["Weight"], ["Dose"]], False)
    assert table["rows"][1] == {"row": 2, "label": ["From 60 kg"], "sentence": "From 60 kg: Dose = 35 mg"}
    text = shown["text"][0]["text"]
    assert [text[c["start"] : c["end"]] for c in table["cells"]] == [text for row in ROWS for text in row]
    assert "tables" not in source_json(db, source)
