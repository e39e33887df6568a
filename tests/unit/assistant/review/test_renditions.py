import io
import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.review.layout import Layout
from assistant.review.pdf import pdf_bytes, spell
from assistant.review.renditions import carries_mark, html_text, plain_text, render_layout, templates, visible
from guardrails.model import Document, Segment
from tests.builders import documents

KINDS = [documents.email, documents.quiz, documents.key_moments, documents.brief]
EVERY_KIND = pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
Maker = Callable[[], Document]


class Reader(HTMLParser):
    """What a browser would show, and the tags it met."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    @property
    def text(self) -> str:
        return "".join(self.shown)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def pdf_text(page: Layout) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes(page)))
    return " ".join("\n".join(sheet.extract_text() for sheet in reader.pages).split())


@EVERY_KIND
def test_the_same_revision_gives_the_same_bytes(make: Maker) -> None:
    first, second = (render_layout(documents.layout(make())) for _ in range(2))
    assert [r.sha256 for r in first] == [r.sha256 for r in second]
    assert [r.name for r in first] == ["html", "text", "pdf"]


@EVERY_KIND
def test_every_line_stands_in_every_rendition(make: Maker) -> None:
    page = documents.layout(make())
    shown = {"html": Reader(html_text(page)).text, "text": plain_text(page), "pdf": pdf_text(page)}
    for line in page.lines():
        assert line.text in shown["html"]
        assert line.text in shown["text"]
        expected = " ".join(line.text.translate({0x202F: " ", 0xA0: " ", 0x2079: "^9"}).split())
        assert expected in shown["pdf"].replace("\u00a0", " ")


@EVERY_KIND
def test_the_page_is_self_contained_and_runs_nothing(make: Maker) -> None:
    page = Reader(html_text(documents.layout(make())))
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert all((link["href"] or "").startswith("#") for link in page.all("a"))


@EVERY_KIND
def test_the_page_says_its_language_has_one_main_heading_and_no_id_twice(make: Maker) -> None:
    document = make()
    page = Reader(html_text(documents.layout(document)))
    assert page.all("html")[0]["lang"] == document.language
    assert len(page.all("h1")) == 1
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


@EVERY_KIND
def test_every_link_to_a_reference_leads_somewhere(make: Maker) -> None:
    page = Reader(html_text(documents.layout(make())))
    targets = {f"#{attrs['id']}" for _, attrs in page.tags if "id" in attrs}
    assert {link["href"] for link in page.all("a")} <= targets


def test_a_source_cannot_put_markup_into_the_page() -> None:
    page = html_text(documents.layout(documents.key_moments()))
    assert "&lt;b&gt;of patients&lt;/b&gt;" in page
    assert not Reader(page).all("b")


def test_the_mark_of_how_the_text_came_about_can_be_read_by_a_machine_in_page_and_pdf() -> None:
    page = documents.layout(documents.quiz())
    named = {meta.get("name"): meta.get("content") for meta in Reader(html_text(page)).all("meta")}
    assert json.loads(named["ai-provenance"] or "") == {"engine": "extractive"}
    assert named["author"] == "Ada Writer"
    information = pypdf.PdfReader(io.BytesIO(pdf_bytes(page))).metadata
    assert information is not None
    assert "ai-provenance" in information["/Keywords"]
    assert information.author == "Ada Writer"


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({}, True),
        ({"document_sha256": "1" * 64}, False),
        ({"digitalSourceType": "none"}, False),
        ({"digitalSourceType": None}, False),
    ],
)
def test_a_page_counts_as_marked_only_with_the_mark_of_its_own_document(
    changes: dict[str, str | None], marked: bool
) -> None:
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
    mark = {"digitalSourceType": kind, "document_sha256": "0" * 64, **changes}
    page = replace(documents.layout(documents.brief()), provenance=json.dumps(mark))
    assert carries_mark(html_text(page).encode(), "0" * 64) is marked


@pytest.mark.parametrize("content", ["", "no JSON", "[1]", "null"])
def test_a_page_whose_mark_cannot_be_read_is_not_marked(content: str) -> None:
    assert not carries_mark(f'<meta name="ai-provenance" content="{content}">'.encode(), "0" * 64)


def test_the_same_quote_has_one_number_wherever_it_is_cited() -> None:
    page = documents.layout(documents.key_moments())
    assert [line.refs for line in page.lines() if line.refs] == [(1,), (1,), (2,)]
    assert [reference.number for reference in page.references] == [1, 2]


def test_a_reference_gives_title_place_and_quote() -> None:
    text = plain_text(documents.layout(documents.key_moments()))
    assert (
        "[1] Aubrac L. Velmora: summary of product characteristics. 2026, page 4, 4.2 Posology. "
        "“The recommended starting dose is 10 mg once daily.”" in text
    )
    assert "[2] Velmora label, page 4" in text


def test_the_options_of_a_quiz_do_not_give_the_answer_away() -> None:
    block = next(b for b in documents.layout(documents.quiz()).body if b.kind == "question")
    assert all(not line.refs for line in (*block.lines, *block.options))
    assert block.feedback[0].refs == (1,)
    page = html_text(documents.layout(documents.quiz()))
    assert page.index("<details>") < page.index("Right answer")
    assert page.index("<summary>Show the references") < page.index('id="ref-1"')


def test_a_token_stays_a_token_on_the_line_it_belongs_to() -> None:
    page = documents.layout(documents.email())
    assert "Bonjour {{recipient_name}}" in html_text(page)
    assert "ces e-mails\u202f: {{unsubscribe_product_link}}" in plain_text(page)


def test_mentions_stand_at_the_foot_of_an_e_mail() -> None:
    text = plain_text(documents.layout(documents.email()))
    assert text.index("Consulter l’information complète") < text.index("▼ Surveillance")
    assert text.startswith("Objet\u00a0: Velmora : informations approuvées")


def test_the_black_triangle_and_greek_letters_are_in_the_pdf() -> None:
    text = pdf_text(documents.layout(documents.email()))
    assert "▼" in text
    assert "α" in text
    assert "≤ 5,0" in text


def test_a_character_that_no_font_has_is_spelled_out_and_the_pdf_says_so() -> None:
    spelled: dict[str, str] = {}
    assert spell("10⁹ and H₂O and 漢", spelled) == ("10^9 and H_2O and [cjk unified ideograph-6f22]")
    assert spelled == {"⁹": "^9", "₂": "_2", "漢": "[cjk unified ideograph-6f22]"}
    assert "U+2079 = ^9" in pdf_text(documents.layout(documents.email()))


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_can_be_printed(text: str) -> None:
    document = Document("text", "en", text, (Segment("t1", "structure", "context", text, "en"),))
    assert pdf_bytes(documents.layout(document)).startswith(b"%PDF")


@pytest.mark.parametrize("hidden", ["\u202e", "\u202a", "\u2066", "\u2069", "\x1b", "\x00", "\x85"])
def test_what_turns_or_hides_words_leaves_a_visible_gap(hidden: str) -> None:
    assert visible(f"5 mg{hidden} gm 01\tand\nmore") == "5 mg\ufffd gm 01\tand\nmore"


def test_a_control_character_leaves_a_visible_gap() -> None:
    document = Document("text", "en", "T", (Segment("t1", "structure", "context", "10\x02mg", "en"),))
    page = documents.layout(document)
    assert "10\ufffdmg" in html_text(page)
    assert "10\ufffdmg" in plain_text(page)


def test_a_copy_that_is_not_approved_says_so_at_its_top() -> None:
    page = documents.layout(documents.key_moments())
    marked = replace(page, banner=page.words["not_approved"])
    for shown in (Reader(html_text(marked)).text, plain_text(marked), pdf_text(marked)):
        assert "Not an approved rendition" in shown
    assert "Not an approved rendition" not in html_text(page)


def test_everything_that_shapes_a_rendition_is_named_with_its_hash() -> None:
    named = {template["name"]: template["sha256"] for template in templates()}
    assert named.keys() == {"html", "style", "text", "layout", "pdf"}
    assert all(len(digest) == 64 for digest in named.values())


def test_a_quote_of_several_lines_keeps_its_lines() -> None:
    several = documents.statement(1, "Severe hepatic impairment.\nPotassium above 5.5 mmol/L.")
    page = documents.layout(Document("key-moments", "en", "T", (several,)))
    assert "- Severe hepatic impairment.\n  Potassium above 5.5 mmol/L. [1]" in plain_text(page)
    assert "Severe hepatic impairment.\nPotassium above 5.5 mmol/L." in html_text(page)
    assert "impairment. Potassium" in pdf_text(page)
