"""Folding keeps meaning, and a quote is found whole or not at all."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.text import find_quote, fold, quote_sha256

TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            " \u00a0\u202f\u2009\n\u00ad\u200b–—-−‑'’«»“”ﬁﬂ0123456789.,%±<≥e\u0301\u0327éÅ\u212b⁹ᄀ\u1161"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


@given(TRICKY)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(TRICKY)
def test_every_folded_character_stands_for_a_stretch_of_the_original_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert all(0 <= start < end <= len(text) for start, end in folded.offsets)
    assert list(folded.offsets) == sorted(folded.offsets)


@given(TRICKY)
def test_digits_and_signs_never_change(text: str) -> None:
    def kept(value: str) -> str:
        return "".join(c for c in value if c in "0123456789²³⁹+−±<>≤≥=%.,")

    assert kept(fold(text).text) == kept(text)


@given(TRICKY, st.integers(0, 40), st.integers(0, 40))
def test_what_is_found_says_the_same_as_the_quote(text: str, a: int, b: int) -> None:
    quote = text[min(a, b) : max(a, b)]
    found = find_quote(quote, text)
    if found is not None:
        start, end = found
        assert quote_sha256(text[start:end]) == quote_sha256(quote)


@given(TRICKY)
def test_a_whole_text_is_found_in_itself(text: str) -> None:
    assert (find_quote(text, text) is None) == (not fold(text).text.strip())


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("12\u00a0mg\u202fpar\u2009jour", "12 mg par jour"),
        ("l’efficacité", "l'efficacité"),
        ("« prudence »", '"prudence"'),
        ("“caution”", '"caution"'),
        ("risk–benefit", "risk-benefit"),
        ("word — another", "word - another"),
        ("hyper\u00adtension", "hypertension"),
        ("ef\ufb01cacy", "efficacy"),
        ("e\u0301tude", "étude"),
        ("line\nbreak", "line break"),
    ],
)
def test_typography_folds(written: str, folded: str) -> None:
    assert fold(written).text == folded


@pytest.mark.parametrize(
    "text",
    [
        "10⁹/L",
        "10–20 mg",
        "−5 %",
        "–5 mmHg",
        "1,73 m²",
        "NOT statistically",
        "5 ± 2",
        "12 – 15",
        "CYP3A4",
        "½",
        "№",
    ],
)
def test_meaning_does_not_fold(text: str) -> None:
    assert fold(text).text == text


def test_a_quote_is_found_through_line_breaks_ligatures_and_quotation_marks() -> None:
    text = "We saw that the bene\ufb01t\nof the “active” arm\u00a0was larger."
    found = find_quote('benefit of the "active" arm was larger.', text)
    assert found is not None
    assert text[slice(*found)] == "bene\ufb01t\nof the “active” arm\u00a0was larger."


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("5 mg", "a dose of 15 mg"),
        ("5 mg", "a dose of 2.5 mg"),
        ("12", "12,5 %"),
        ("12", "12.5 %"),
        ("5 %", "12,5 %"),
        ("10", "10⁹/L"),
        ("20 mg", "10–20 mg"),
        ("20 mg", "10-20 mg"),
        ("10", "10–20 mg"),
        ("5 mmHg", "−5 mmHg"),
        ("5 mmHg", "-5 mmHg"),
        ("0.05", "<0.05"),
        ("120", "120/80 mmHg"),
        ("000 patients", "12 000 patients"),
        ("enrolled 12", "enrolled 12 000 patients"),
        ("treat", "treatment"),
        ("ment", "treatment"),
        ("inferior to placebo", "non-inferior to placebo"),
        ("does", "doesn't"),
        ("est efficace", "n'est efficace"),
        ("Reduces the risk", "reduces the risk"),
        ("reduces risk", "reduces the risk"),
        ("", "anything"),
        ("   ", "anything"),
    ],
)
def test_a_quote_that_would_say_something_else_is_not_found(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("efficacité", "l'efficacité est démontrée"),
        ("5 mg", "15 mg puis 5 mg"),
        ("12 patients", "in 2019 12 patients left"),
        ("40 mg", "(40 mg)"),
        ("95 %", "à 95 %."),
        ("placebo", "placebo."),
        ("patients 120", "patients 120 were men"),
    ],
)
def test_a_quote_on_token_boundaries_is_found(quote: str, text: str) -> None:
    found = find_quote(quote, text)
    assert found is not None
    assert text[slice(*found)] == quote


def test_a_quote_changed_by_one_word_is_rejected() -> None:
    text = "Treatment may reduce the risk of hospitalisation in adults."
    assert find_quote("Treatment may reduce the risk of hospitalisation in patients.", text) is None


def test_the_hash_is_of_the_folded_quote() -> None:
    assert quote_sha256(" l’effet\n") == hashlib.sha256(b"l'effet").hexdigest()


def test_half_a_pair_of_surrogates_has_a_digest_too() -> None:
    assert quote_sha256("dose \ud800") != quote_sha256("dose \ud801")
