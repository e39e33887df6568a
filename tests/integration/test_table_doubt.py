"""Tables in the store: shown with their cells, and a doubtful one says so in every citation of its rows."""

from collections.abc import Callable

import pytest

from assistant.corpus.model import Source
from assistant.corpus.view import source_json
from assistant.retrieval.evidence import evidence_of
from assistant.retrieval.places import placed
from assistant.retrieval.view import citation_json
from assistant.store.database import Database
from assistant.store.readings import load_page, passages_of
from eval import sample
from guardrails.citations import ProposedCitation, cite, verify
from guardrails.model import Citation
from guardrails.numbers import missing
from guardrails.table_rows import columns, missing_from
from ingestion.assembly import Block, PageDraft, assemble, table_block
from ingestion.formats import read
from ingestion.model import Reading
from ingestion.tables import GridCell, give_roles, write_table

SAMPLE = sample.FOLDER / "files" / "en"
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


def test_a_row_brings_its_header_beside_a_quote_that_stays_the_row_alone(
    db: Database, add_source: AddSource
) -> None:
    found = cited(db, add_source(reading()), "From 60 kg | 35 mg")
    assert found.quote == "From 60 kg | 35 mg"
    assert found.header is not None
    assert [span.text for span in found.header.spans] == ["Weight", "Dose"]
    assert found.header.words == ("From 60 kg: Dose = 35 mg",)
    shown = citation_json(found)
    assert shown["header"]["words"] == ["From 60 kg: Dose = 35 mg"]
    assert [span["text"] for span in shown["spans"]] == ["From 60 kg | 35 mg"]


def test_a_doubtful_tables_heads_are_shown_and_no_number_rests_on_them(
    db: Database, add_source: AddSource
) -> None:
    found = cited(db, add_source(reading("overlapping")), "From 60 kg | 35 mg")
    assert found.header is not None
    assert found.header.words == ()
    assert list(columns([found])) == []


def test_prose_and_a_header_that_is_quoted_itself_bring_no_header(
    db: Database, add_source: AddSource
) -> None:
    source = add_source(reading())
    assert cited(db, source, "The dose depends on weight.").header is None
    assert cited(db, source, "Weight | Dose\nBelow 60 kg | 30 mg").header is None


def rows_cited(db: Database, source: Source, words: str) -> list[Citation]:
    with db.read() as connection:
        keys = [p.id for p in passages_of(connection, source.reading_id)]
        return [
            placed(connection, cite(item, unit.start, unit.end))
            for item in evidence_of(connection, keys)
            for unit in item.sentences
            if unit.kind == "row" and words in unit.text
        ]


@pytest.mark.parametrize("file", ["label-v1.pdf", "deck.pptx"])
def test_every_head_of_the_samples_rows_stands_word_for_word_on_its_page(
    db: Database, add_source: AddSource, file: str
) -> None:
    read_file = read(SAMPLE / file)
    found = rows_cited(db, add_source(read_file), "(")
    heads = [span for one in found if one.header for span in one.header.spans]
    assert heads
    for span in heads:
        assert read_file.pages[span.page - 1].text[span.start : span.end] == span.text


def test_an_adverse_reaction_brings_its_organ_class_and_the_arms_with_their_sizes(
    db: Database, add_source: AddSource
) -> None:
    (found,) = rows_cited(db, add_source(read(SAMPLE / "label-v1.pdf")), "Hyperkalaemia |")
    assert found.quote == "Hyperkalaemia | Very common | 142 (11.8%) | 73 (6.1%)"
    assert found.header is not None
    assert [span.text for span in found.header.spans] == [
        "Adverse reaction",
        "Frequency",
        "Cardorelone (N = 1,207)",
        "Placebo (N = 1,205)",
        "Metabolism and nutrition disorders",
    ]
    (words,) = found.header.words
    assert words.startswith(
        "Metabolism and nutrition disorders, Hyperkalaemia, Very common: Cardorelone (N = 1,207) = "
    )
    assert words.endswith("142 (11.8%); Placebo (N = 1,205) = 73 (6.1%)")
    said = "Hyperkalaemia with cardorelone (N = 1,207): 142 patients (11.8%)."
    assert missing(said, "en", [(found.quote, "en")])
    assert not missing_from(said, "en", [found])
