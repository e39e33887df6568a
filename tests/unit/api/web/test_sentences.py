import pytest

from api.web.sentences import sentence, written


def test_a_sentence_of_the_program_is_read_with_its_dates_written_out() -> None:
    said = "The next one is open from 2026-07-08 to 2026-07-28."
    assert sentence(said, "fr") == "La prochaine est ouverte du 8 juillet 2026 au 28 juillet 2026."
    assert sentence(said, "en") == "The next one is open from 8 July 2026 to 28 July 2026."


@pytest.mark.parametrize(
    ("said", "french"),
    [
        (
            "the row of the attestation is gone",
            "la ligne «\u00a0attestation\u00a0» a disparu",
        ),
        (
            "the row of the policy's adoption does not say what was entered",
            "la ligne «\u00a0adoption d’une politique\u00a0» ne dit pas ce qui a été inscrit",
        ),
        (
            "the entry was changed since it was verified",
            "l’entrée a été modifiée depuis sa vérification",
        ),
    ],
)
def test_why_the_trail_does_not_hold_is_french_that_needs_no_elision(said: str, french: str) -> None:
    assert sentence(said, "fr") == french


def test_what_is_no_date_stays_as_it_is() -> None:
    assert written("2026-02-30, 12026-01-011 and 2026-1-1", "en") == "2026-02-30, 12026-01-011 and 2026-1-1"
