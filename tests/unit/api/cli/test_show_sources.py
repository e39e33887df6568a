"""Sources as a person reads them in a shell."""

from typing import Any

from api.cli.show.sources import source_text, sources_text


def test_a_refused_file_says_what_to_do_next() -> None:
    error = {
        "code": "encrypted",
        "message": "deck.pdf is protected by a password.",
        "help": "Add a copy without one.",
    }
    told = sources_text({"sources": [], "refused": [{"file": "/in/deck.pdf", "error": error}]})
    assert told.splitlines()[-2:] == [
        "Refused /in/deck.pdf: deck.pdf is protected by a password.",
        "  Add a copy without one.",
    ]
    without = sources_text(
        {"sources": [], "refused": [{"file": "/in/deck.pdf", "error": {**error, "help": ""}}]}
    )
    assert without.splitlines()[-1] == "Refused /in/deck.pdf: deck.pdf is protected by a password."


def test_who_adds_what_is_refused_is_not_told_to_add_something() -> None:
    error = {"code": "encrypted", "message": "It is protected.", "help": ""}
    told = sources_text({"sources": [], "refused": [{"file": "a.pdf", "error": error}]})
    assert told == "Refused a.pdf: It is protected."
    assert "ancrage source add" in sources_text({"sources": []})


def test_what_was_noted_of_a_file_is_told_in_words() -> None:
    source: dict[str, Any] = {
        "id": "source_1", "title": "Deck", "status": "approved", "pages": 1, "passages": 2,
        "pages_by_quality": {"doubtful": 0, "unreadable": 0},
        "warnings": ["language_unrecognised:en", "hidden_text:1"],
    }  # fmt: skip
    assert source_text({"source": source}).splitlines()[2:] == [
        "  note: Its text could not be recognised as French or English; it is kept as: en",
        "  note: Hidden text was found and is not read.",
    ]
