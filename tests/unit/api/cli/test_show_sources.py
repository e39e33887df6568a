"""Sources as a person reads them in a shell."""

from api.cli.show.sources import sources_text


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
