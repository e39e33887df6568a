"""The piece on the review screen is its rendition, word for word, with every text of it to be chosen."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.web.as_read import AsRead, as_read
from api.web.reading_order import rows
from assistant.review.renditions import html_text
from guardrails.model import Document
from tests.builders import documents
from tests.builders.documents import layout, structure

KINDS = [documents.email, documents.quiz, documents.key_moments, documents.brief]
EVERY_KIND = pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
Maker = Callable[[], Document]
TAGS = re.compile(r"<[^>]*>")


def shown(document: Document, only: set[str] | None = None, html: str = "") -> AsRead:
    every = {s.id for s in document.segments}
    return as_read(
        html or html_text(layout(document)), rows(document, {}, []), every if only is None else only
    )


def words_of(read: AsRead) -> str:
    return "".join(
        unescape(TAGS.sub("", str(p.markup))) if p.kind == "markup" else p.text + p.rest for p in read.parts
    )


def words_of_body(html: str) -> str:
    return unescape(TAGS.sub("", html.partition("<body")[2].partition(">")[2].partition("</body>")[0]))


def placed(read: AsRead) -> list[str]:
    return [part.lineage for part in read.parts if part.kind == "text"]


@EVERY_KIND
def test_it_says_what_the_rendition_says_and_nothing_else(make: Maker) -> None:
    document = make()
    assert words_of(shown(document)) == words_of_body(html_text(layout(document)))


@EVERY_KIND
def test_every_text_can_be_chosen_once_in_the_order_of_its_reader(make: Maker) -> None:
    document = make()
    read = shown(document)
    assert placed(read) == [
        one for row in rows(document, {}, []) for one in row.places if one[0] != "k"
    ]  # a token stands on the line of its text
    assert not read.elsewhere
    assert [p.lineage for p in read.parts if p.kind == "end"] == placed(read)


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_whatever_a_text_says_it_stays_text(text: str) -> None:
    document = documents.key_moments()
    changed = replace(
        document,
        segments=tuple(replace(s, text=text) if s.id in {"t2", "s3"} else s for s in document.segments),
    )
    read = shown(changed)
    assert words_of(read) == words_of_body(html_text(layout(changed)))
    assert {"t2", "s3"} <= set(placed(read))


def test_a_title_that_the_subject_stands_for_is_named_as_standing_elsewhere() -> None:
    email = documents.email()
    titled = replace(
        email, segments=(structure(9, "title", "Velmora : informations approuvées", "fr"), *email.segments)
    )
    read = shown(titled)
    assert read.elsewhere == {"t9"}
    assert "t1" in placed(read)


def test_headings_of_one_wording_are_chosen_one_after_the_other() -> None:
    document = documents.key_moments()
    twice = replace(
        document,
        segments=tuple(replace(s, text="Dose") if s.id == "t3" else s for s in document.segments),
    )
    assert placed(shown(twice)) == placed(shown(document))


def test_a_text_that_the_page_does_not_say_word_for_word_is_not_chosen_there() -> None:
    document = documents.key_moments()
    other = html_text(layout(document)).replace(
        "Start with 10 mg once daily.", "Start with 20 mg once daily."
    )
    read = shown(document, html=other)
    assert read.elsewhere == {"s2"}
    assert "20 mg" in words_of(read)


def test_what_is_unchanged_is_left_out_and_counted_with_the_references_of_it() -> None:
    read = shown(documents.key_moments(), {"s2"})
    said = words_of(read)
    assert placed(read) == ["s2"]
    assert sum(part.count for part in read.parts) == 5
    assert "Velmora: summary of product characteristics" in said
    assert "Hyperkalaemia" not in said


def test_a_reference_keeps_its_number_and_names_what_it_carries() -> None:
    read = shown(documents.key_moments(), {"s3"})
    assert [part.citing for part in read.parts if part.kind == "cited"] == [("s3",)]
    assert 'value="2"' in "".join(str(part.markup) for part in read.parts)


def test_the_answers_of_a_quiz_are_open_to_who_decides() -> None:
    markup = "".join(str(part.markup) for part in shown(documents.quiz()).parts)
    assert markup.count("<details") == markup.count('<details open=""') == 2


def test_nothing_but_what_the_template_writes_is_let_through() -> None:
    document = documents.key_moments()
    bad = (
        '<form action="/sign-out"><button>Go</button></form><script>alert(1)</script><img src=x onerror="go()">'
        '<a href="https://example.org" onclick="go()" style="color:red">there</a></p></div></section></body>'
    )
    html = html_text(layout(document)).replace("<h2>", bad.removesuffix("</body>") + "<h2>", 1)
    markup = "".join(str(part.markup) for part in shown(document, html=html).parts)
    for refused in ("<form", "<button", "<script", "<img", "example.org", "onclick", "onerror", "style="):
        assert refused not in markup
    assert "<a>there</a>" in markup
    assert shown(document, html=html).elsewhere == frozenset()
