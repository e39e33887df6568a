"""What a reading says of its file and pages, in the reader's words."""

from collections.abc import Iterable, Mapping

from api.web.language import N_, catalogue

_LONGEST_BEGINNING = 110

WARNINGS: Mapping[str, str] = {
    "hidden_slides": N_("Hidden slides were left out: %(what)s"),
    "attachments": N_("Files attached to the document were not read: %(what)s"),
    "tracked_changes_accepted": N_("Tracked changes were read as accepted."),
    "broken_shapes": N_("Some shapes could not be read: %(what)s"),
}
REASONS: Mapping[str, str] = {
    "no_text": N_("there is no text on it, perhaps a picture"),
    "garbled": N_("its text is garbled"),
    "mixed_scripts": N_("letters of several scripts are mixed"),
}


def warnings_text(codes: Iterable[str], language: str) -> list[str]:
    """A code such as hidden_slides:3,7 as a sentence; one that nobody foresaw is shown as it is."""
    return [_said(code, WARNINGS, language) for code in codes]


def reasons_text(codes: Iterable[str], language: str) -> list[str]:
    """Why a page's reading is doubtful."""
    return [_said(code, REASONS, language) for code in codes]


def _said(code: str, known: Mapping[str, str], language: str) -> str:
    name, _, what = code.partition(":")
    if name not in known:
        return code.replace("_", " ").replace(":", ": ")
    return catalogue(language).gettext(known[name]) % {"what": what}


def begins_with(text: str) -> str:
    """The first words of a page."""
    flat = " ".join(text[: 4 * _LONGEST_BEGINNING].split())
    return flat if len(flat) <= _LONGEST_BEGINNING else flat[:_LONGEST_BEGINNING].rsplit(" ", 1)[0] + " …"
