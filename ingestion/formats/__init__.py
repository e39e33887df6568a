"""From the bytes of a file to its Reading: what kind it is, within which limits, by which reader."""

import hashlib
import re
from pathlib import Path

from ingestion.assembly import Content, assemble, has_body
from ingestion.bounds import put_right, require_bounded
from ingestion.errors import EmptyFile, FileTooLarge, UnsupportedFormat
from ingestion.formats.claims import CLAIMS_SHEET, read_claims_csv, read_claims_xlsx
from ingestion.formats.decoding import decoded
from ingestion.formats.transcript import is_transcript, read_transcript
from ingestion.model import SILENT_LAYERS, FileFormat, Page, Reading
from ingestion.ocr import Ocr
from ingestion.tables import UNMAPPED

READER_VERSION = "9"
"""Raised whenever the same bytes would give another Reading."""
WITH_OCR = "+ocr"
"""Added where scanned pages were recognised: the same file without Tesseract gives another Reading."""
MAX_BYTES = 200 * 1024 * 1024
_HEAD = 4096


def sniff(head: bytes, name: str) -> FileFormat:
    """The format by the file's first bytes, and only where they do not tell by its name. Raises UnsupportedFormat."""
    suffix = Path(name).suffix.lower()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        by_name: dict[str, FileFormat] = {".pptx": "pptx", ".pptm": "pptx", ".ppsx": "pptx", ".potx": "pptx"}
        by_name |= {".docx": "docx", ".docm": "docx", ".dotx": "docx", ".xlsx": "claims", ".xlsm": "claims"}
        for part, found in ((b"ppt/", "pptx"), (b"word/", "docx"), (b"xl/", "claims")):
            if part in head:
                return found  # type: ignore[return-value]  # the three literals above
        if suffix in by_name:
            return by_name[suffix]
    elif not head.startswith(b"\xd0\xcf\x11\xe0"):
        text = decoded(head)
        if is_transcript(text):
            return "transcript"
        if suffix in {".csv", ".tsv"} and b"\x00" not in head and re.search(r"[;,\t|]", text):
            return "claims"
    raise UnsupportedFormat(
        f"{Path(name).name} is of no kind that can be read.",
        help="Old .ppt, .doc and .xls files are not read: save the file in the newer format and add that one."
        if head.startswith(b"\xd0\xcf\x11\xe0")
        else "Give a PDF, PPTX, DOCX, WebVTT or SRT file, or approved claims as CSV or XLSX.",
        file=Path(name).name,
    )


def require_kind(kind: str, form: FileFormat, name: str) -> None:
    """Claims come as a table, and a table is only ever claims. Raises UnsupportedFormat."""
    if kind == "claims" and form != "claims":
        raise UnsupportedFormat(
            f"{name} is no claims sheet.", help=f"{CLAIMS_SHEET} Give this file another --kind.", file=name
        )
    if form == "claims" and kind != "claims":
        raise UnsupportedFormat(
            f"{name} is a table, which can only be a claims sheet.",
            help=f"Use --kind claims. {CLAIMS_SHEET}",
            file=name,
        )


def read(path: Path, kind_hint: str | None = None, ocr: Ocr | None = None) -> Reading:
    """Read a file whole. `kind_hint` is what the librarian calls it (label, paper, deck, transcript, claims…).

    With `ocr` the scanned pages of a PDF are read as well.

    Raises FileTooLarge, UnsupportedFormat, EncryptedFile, UnreadableFile or EmptyFile.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileTooLarge(
            f"{path.name} has {size / 1e6:.0f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB.",
            help="Make its pictures smaller, or add the part that was approved.",
            file=path.name,
        )
    if size == 0:
        raise EmptyFile(f"{path.name} is empty.", help="Check the file and add it again.", file=path.name)
    data = path.read_bytes()
    head = data[:_HEAD]
    form = sniff(head, path.name)
    if kind_hint is not None:
        require_kind(kind_hint, form, path.name)
    if form == "pdf":
        from ingestion.formats.pdf import read_pdf

        content = read_pdf(path, ocr)
    elif form == "transcript":
        content = Content(read_transcript(decoded(data), path.name))
    elif form == "pptx":
        from ingestion.formats.pptx import read_pptx

        content = read_pptx(path)
    elif form == "docx":
        from ingestion.formats.docx import read_docx

        content = read_docx(path)
    elif head.startswith(b"PK"):
        content = read_claims_xlsx(path)
    else:
        content = read_claims_csv(data, path.name)
    return _reading(hashlib.sha256(data).hexdigest(), form, path.name, content)


def _reading(sha256: str, form: FileFormat, name: str, content: Content) -> Reading:
    require_bounded(content, name)
    put_right(content)
    drafts = content.drafts
    if all(draft.quality == "unreadable" for draft in drafts):
        raise _nothing(name, content)
    pages, sentences, language = assemble(drafts)
    if not has_body(sentences):
        raise _nothing(name, content)
    lost = [str(page.number) for page in pages if _shows_lost_signs(page)]
    if lost:
        content.warnings.append("unmapped_glyphs:" + ",".join(lost[:50]))
    return Reading(
        sha256,
        READER_VERSION + (WITH_OCR if any("ocr" in page.reasons for page in pages) else ""),
        form,
        pages,
        sentences,
        content.title,
        language,
        content.metadata,
        tuple(content.warnings),
    )


def _shows_lost_signs(page: Page) -> bool:
    """Whether signs are lost in what may be quoted of a page: "≥" may be one of them."""
    said = (page.text[r.start : r.end] for r in page.regions if r.layer not in SILENT_LAYERS)
    return any(UNMAPPED.search(text) for text in said)


def _nothing(name: str, content: Content) -> EmptyFile:
    """Why there is nothing to find: no page, no text, garbled text, or only text that no reader of the file sees."""
    hidden = any(warning.startswith("hidden_text") for warning in content.warnings)
    reasons = {reason for draft in content.drafts for reason in draft.reasons} | (
        {"hidden_text"} if hidden else set()
    )
    if content.drafts and not reasons:
        reasons = {"no_text"}
    return EmptyFile(
        f"Nothing can be read in {name}: {_why_nothing(reasons)}.",
        help="Its text is hidden and is not read: add a copy in which it is seen."
        if hidden
        else "If it is a scan, add a copy with recognised text.",
        file=name,
        reasons=sorted(reasons),
    )


def _why_nothing(reasons: set[str]) -> str:
    """The most telling reason, in words."""
    told = {
        "hidden_text": "its text is hidden",
        "garbled": "its characters have no meaning",
        "page_damaged": "its pages are damaged",
        "ocr_unsure": "its pages are pictures in which nothing could be recognised surely",
        "scan": "its pages are pictures without text",
        "no_text": "its pages have no text",
    }
    return next((words for code, words in told.items() if code in reasons), "it has no page")
