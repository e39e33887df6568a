"""Two texts of a page compared: what counts as lost, broken or glued, and what is only typography."""

import pytest

from eval.fidelity import compare, loose, running_heads, without_heads


def test_the_same_words_in_another_order_lose_nothing() -> None:
    found = compare("Deaths 12 (3%) Strokes 9", "Strokes 9\nDeaths 12 (3%)")
    assert (found.recall, found.precision, found.damaged) == (1.0, 1.0, 0.0)


def test_a_lost_word_lowers_recall_and_an_invented_one_precision() -> None:
    assert compare("abcd efgh", "abcd").recall == pytest.approx(0.5)
    assert compare("abcd", "abcd efgh").precision == pytest.approx(0.5)


def test_a_word_in_two_pieces_is_broken_and_two_words_in_one_are_glued() -> None:
    found = compare("the treatment of patients was stopped", "the treat ment ofpatients was stopped")
    assert (found.broken, found.glued) == (["treatment"], ["ofpatients"])
    assert found.damaged == pytest.approx(2 / 6)


def test_pieces_that_both_sides_have_are_no_damage() -> None:
    assert compare("a lone over coat and an overcoat", "a lone over coat and an overcoat").damaged == 0


def test_hyphens_at_line_ends_leaders_bullets_and_private_codes_are_typography() -> None:
    found = compare("• hyper-\ntension ﬁrst ..... 4 10\u2079", "hypertension first 4 10⁹ \uf0b7")
    assert (found.recall, found.precision, found.damaged) == (1.0, 1.0, 0.0)


def test_a_line_that_ends_in_a_dash_or_a_slash_goes_on_without_a_space() -> None:
    found = compare(
        "fell by 7 mL/\nm² (2%–\n47%) in 24-\nhour urine", "fell by 7 mL/m² (2%–47%) in 24-hour urine"
    )
    assert (found.recall, found.precision, found.damaged) == (1.0, 1.0, 0.0)
    assert compare("7 mL/\nm²", "7 mL/ m²").damaged > 0


def test_running_heads_are_the_lines_that_come_back_at_the_edges_of_pages() -> None:
    words = ("one", "two", "three", "four", "five")
    bodies = ["\n".join(f"{word} line {other}" for other in words for _ in range(2)) for word in words]
    pages = [f"Journal 2024; {n}: 1\n{body}\n{n}" for n, body in enumerate(bodies, start=1)]
    kept, taken = without_heads(pages[0], running_heads(pages))
    assert (kept, taken) == (bodies[0], 2)


def test_lines_of_a_table_of_contents_are_left_out_of_a_comparison() -> None:
    assert without_heads("1. Introduction ........ 4\nIt begins.", frozenset()) == ("It begins.", 0)


def test_snippets_are_found_whatever_the_spaces_quotes_dashes_and_case() -> None:
    assert loose("“60 – 70 kg”\u00ad") == loose('"60–70 KG"')
