"""What a paper says at its end in smaller letters, who paid for it, is read as its text; a figure's caption is not."""

from dataclasses import replace

from assistant.chat.reading import small_print_as_text
from tests.builders.labels import evidence_of_lines

PAID = evidence_of_lines(["The trial was funded by Ormel Pharma."], section=("Funding",), source_kind="paper")


def test_the_small_print_on_who_paid_is_text() -> None:
    assert small_print_as_text(replace(PAID, layer="caption")).layer == "body"


def test_a_caption_and_what_is_no_paper_stay() -> None:
    figure = replace(PAID, layer="caption", heading="Results")
    assert small_print_as_text(figure).layer == "caption"
    assert small_print_as_text(replace(PAID, layer="caption", source_kind="deck")).layer == "caption"
