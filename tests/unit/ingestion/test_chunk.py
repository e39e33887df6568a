"""Passages: whole sentences of one section, bounded, and mapped one to one onto their pages."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingestion.assembly import Block, PageDraft, assemble
from ingestion.chunk import passage_id, passages
from ingestion.model import Reading


def reading(*drafts: PageDraft, form: str = "pdf") -> Reading:
    pages, sentences, language = assemble(drafts)
    return Reading("0" * 64, "1", form, pages, sentences, None, language)  # type: ignore[arg-type]


def heading(text: str, level: int = 10) -> Block:
    return Block(text, "heading", "heading", level=level)


SENTENCE = "Patients were treated with one tablet every day for the whole of the first year."


def test_a_passage_never_crosses_a_section_and_carries_its_headings() -> None:
    found = passages(
        reading(
            PageDraft(
                1,
                [
                    heading("4. A"),
                    heading("4.1 B", 20),
                    Block(SENTENCE),
                    heading("4.2 C", 20),
                    Block(SENTENCE),
                ],
            )
        )
    )
    assert [(p.heading, p.section) for p in found] == [
        ("4. A › 4.1 B", ("4. A", "4.1 B")),
        ("4. A › 4.2 C", ("4. A", "4.2 C")),
    ]


def test_a_passage_never_crosses_a_slide_but_crosses_pages_of_a_pdf() -> None:
    drafts = [
        PageDraft(1, [Block("One point")], title="Same"),
        PageDraft(2, [Block("Another point")], title="Same"),
    ]
    for draft in drafts:
        draft.crosses = False
    assert len(passages(reading(*drafts, form="pptx"))) == 2
    assert len(passages(reading(*drafts, form="pdf"))) == 1


def test_passages_are_bounded_and_a_long_sentence_stands_alone() -> None:
    long = "very " * 300 + "long."
    found = passages(reading(PageDraft(1, [Block(" ".join([SENTENCE] * 30)), Block(long)])), max_tokens=100)
    assert all(p.tokens <= 100 or len(p.sentences) == 1 for p in found)
    assert max(p.tokens for p in found) > 300


def test_headings_and_furniture_are_in_no_passage() -> None:
    found = passages(reading(PageDraft(1, [Block("Page 1", "furniture"), heading("Title"), Block(SENTENCE)])))
    assert [p.text for p in found] == [SENTENCE]


def test_notes_stand_apart_and_are_left_out_where_they_may_not_be_cited() -> None:
    slide = reading(PageDraft(1, [Block("A bullet", kind="bullet"), Block("Say it.", "notes")]), form="pptx")
    assert [p.layer for p in passages(slide)] == ["body", "notes"]
    assert [p.layer for p in passages(slide, cite_notes=False)] == ["body"]


def test_every_passage_of_a_table_begins_with_its_first_row() -> None:
    rows = "\n".join(
        ["Endpoint | Active | Placebo", *(f"Outcome number {n} | {n} | {n + 1}" for n in range(60))]
    )
    found = passages(reading(PageDraft(1, [Block(rows, "table", "row")])))
    assert len(found) > 1
    assert all(p.text.startswith("Endpoint | Active | Placebo\n") for p in found)


def test_bullets_and_rows_stand_on_lines_of_their_own() -> None:
    found = passages(
        reading(
            PageDraft(1, [Block("Two things:"), Block("• one", kind="bullet"), Block("• two", kind="bullet")])
        )
    )
    assert found[0].text == "Two things:\none\ntwo"


@given(
    st.lists(st.sampled_from([SENTENCE, "Short\none.", "• item", "It crosses the"]), min_size=1, max_size=12)
)
def test_the_parts_map_every_character_onto_its_page(blocks: list[str]) -> None:
    half = len(blocks) // 2
    book = reading(
        PageDraft(1, [Block(text, runs_on=True) for text in blocks[:half]]),
        PageDraft(2, [Block(text, runs_on=True) for text in blocks[half:]]),
    )
    pages = {page.number: page.text for page in book.pages}
    for passage in passages(book, max_tokens=60):
        covered = 0
        for part in passage.parts:
            on_page = pages[part.span.page][part.span.start : part.span.end]
            assert passage.text[part.at : part.at + len(on_page)] == on_page.replace("\n", " ")
            covered += len(on_page)
        assert covered + len(passage.parts) - 1 == len(passage.text)
        assert all(a.at < b.at for a, b in pairwise(passage.parts))


def test_the_id_follows_the_words_places_and_the_reading() -> None:
    (passage,) = passages(reading(PageDraft(1, [Block(SENTENCE)])))
    identity = passage_id("a", "1", passage)
    assert len(identity) == 16
    assert int(identity, 16) >= 0
    assert passage_id("a", "1", replace(passage, ordinal=9, heading="other")) == identity
    assert passage_id("b", "1", passage) != identity
    assert passage_id("a", "2", passage) != identity


def test_tokens_are_counted_without_the_network() -> None:
    (passage,) = passages(reading(PageDraft(1, [Block("The dose is one.")])))
    assert passage.tokens == 5
