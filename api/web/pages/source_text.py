"""What a reading says of its file and pages, in the reader's words."""

from collections.abc import Iterable, Mapping, Sequence

from api.web.language import N_, catalogue

_LONGEST_BEGINNING = 110
_PAGES_TO_SHARE_A_HEAD = 3

WARNINGS: Mapping[str, str] = {
    "hidden_slides": N_("Hidden slides were left out: %(what)s"),
    "language_unrecognised": N_(
        "Its text could not be recognised as French or English; it is kept as: %(what)s"
    ),
    "names_nothing_of": N_(
        "It calls its medicine nowhere by a name of the product it is filed under (%(what)s): is it another medicine's? "
        "Compare it before it is approved, or withdraw it."
    ),
    "attachments": N_("Files attached to the document were not read: %(what)s"),
    "tracked_changes_accepted": N_("Tracked changes were read as accepted."),
    "shapes_unread": N_("Some shapes could not be read, on slides: %(what)s"),
    "slides_unread": N_("Slides that could not be read: %(what)s"),
    "comments": N_(
        "Reviewers' comments were left on slides: %(what)s. They are shown here and never quoted."
    ),
    "hidden_text": N_("Hidden text was found and is not read."),
    "struck_text": N_("Text that is struck through was found and is not read."),
    "unmapped_glyphs": N_(
        "The file does not say what some signs mean, such as “≥”; they are read as “�”, on pages: %(what)s. "
        "Compare these pages, or add a copy of the document in which such signs can be searched for."
    ),
}
REASONS: Mapping[str, str] = {
    "no_text": N_("there is no text on it, perhaps a picture"),
    "scan": N_("it is a picture: install Tesseract on this machine, or add a copy with recognised text"),
    "ocr": N_("its words were recognised in a picture and may be misread: compare them with the page"),
    "ocr_layer": N_("its words were recognised in a picture by the program that made the file"),
    "ocr_unsure": N_("what was recognised in its picture is too unsure to be used"),
    "ocr_time": N_("recognising its picture took too long"),
    "ocr_failed": N_("Tesseract could not read its picture"),
    "unmapped_glyphs": N_("the file does not say what some of its signs mean"),
    "garbled": N_("its text is garbled"),
    "mixed_scripts": N_("letters of several scripts are mixed"),
    "other_language": N_("it is neither in French nor in English"),
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


def beginnings(texts: Sequence[str]) -> list[str]:
    """The first words of each page, without the running head that all of them begin with."""
    words = [text[: 8 * _LONGEST_BEGINNING].split() for text in texts]
    shared = 0
    if len(words) >= _PAGES_TO_SHARE_A_HEAD:
        while all(len(page) > shared and page[shared] == words[0][shared] for page in words):
            shared += 1
    return [_shortened(" ".join(page[shared:])) for page in words]


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_BEGINNING:
        return text
    return text[:_LONGEST_BEGINNING].rsplit(" ", 1)[0] + " …"
