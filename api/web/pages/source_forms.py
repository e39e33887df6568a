"""From the form of a new source to a request, and from uploaded files to files on the disk."""

import shutil
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from starlette.datastructures import FormData, UploadFile

from api.auth import text_of, texts_of
from assistant.corpus.model import USES, ApprovalRequest, SourceRequest
from assistant.errors import InvalidInput

_LONGEST_NAME = 150


def blank(language: str) -> dict[str, Any]:
    """The form as it is first seen."""
    return {
        "product": "",
        "kind": "label",
        "title": "",
        "language": "",
        "market": ("FR",) if language == "fr" else ("EU",),
        "other_markets": "",
        "audience": ("hcp",),
        "use": USES,
        "reference": "",
        "approved_on": "",
        "expires_on": "",
        "replaces": "",
        "excluded_pages": "",
        "cite_notes": "",
        "bibliography": "",
    }


def typed(form: FormData) -> dict[str, Any]:
    """What was typed, to be shown again."""
    several = {"market", "audience", "use"}
    return {name: texts_of(form, name) if name in several else text_of(form, name) for name in blank("en")}


def source_request(form: FormData) -> SourceRequest:
    """Read the form. Raises InvalidInput, naming the field."""
    markets = (*texts_of(form, "market"), *text_of(form, "other_markets").replace(",", " ").upper().split())
    if not markets:
        raise InvalidInput("At least one market is needed.", help="Tick a market.", field="other_markets")
    return SourceRequest(
        product=text_of(form, "product"),
        kind=text_of(form, "kind"),
        markets=tuple(dict.fromkeys(markets)),
        language=text_of(form, "language") or None,
        audiences=texts_of(form, "audience") or ("hcp",),
        uses=texts_of(form, "use") or USES,
        title=text_of(form, "title") or None,
        approval=approval_request(form, required=False),
        replaces=text_of(form, "replaces") or None,
        cite_notes=bool(text_of(form, "cite_notes")),
        excluded_pages=page_numbers(text_of(form, "excluded_pages")),
        reference=text_of(form, "bibliography") or None,
    )


def approval_request(form: FormData, *, required: bool) -> ApprovalRequest | None:
    """The approval's three fields: all, or (unless required) none. Raises InvalidInput."""
    names = ("reference", "approved_on", "expires_on")
    given = {name: text_of(form, name) for name in names}
    if not required and not any(given.values()):
        return None
    missing = next((name for name in names if not given[name]), None)
    if missing:
        raise InvalidInput(
            "An approval needs its reference and both dates.", help="Give all three.", field=missing
        )
    return ApprovalRequest(
        given["reference"], civil_date_of(form, "approved_on"), civil_date_of(form, "expires_on")
    )


def civil_date_of(form: FormData, name: str) -> date:
    """A date field. Raises InvalidInput."""
    text = text_of(form, name)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(
            f"{text} is not a date.", help="Write it as year-month-day: 2026-01-31.", field=name
        ) from error


def page_numbers(text: str) -> tuple[int, ...]:
    """Page numbers from "3,7-9". Raises InvalidInput."""
    pages: set[int] = set()
    for item in filter(None, (part.strip() for part in text.split(","))):
        first, dash, last = item.partition("-")
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= 100_000):  # noqa: PLR2004  no document is longer
            raise InvalidInput(
                f"{item} names no pages.", help="Write pages as 3,7-9.", field="excluded_pages"
            )
        pages.update(range(int(first), int(last) + 1))
    return tuple(sorted(pages))


def put_down(upload: UploadFile, folder: Path, at: int) -> Path:
    """Write an uploaded file to `folder` under its own name, in a folder of its own so that names may repeat."""
    place = folder / str(at)
    place.mkdir()
    path = place / file_name(upload.filename or "")
    with path.open("wb") as out:
        shutil.copyfileobj(upload.file, out)
    return path


def file_name(given: str) -> str:
    """The last part of a browser's file name, without what no file system takes."""
    last = PurePosixPath(PureWindowsPath(given).name).name
    clean = "".join(c for c in last if c.isprintable()).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    kept = f"{(stem or ending)[:_LONGEST_NAME]}{dot if stem else ''}{ending[:10] if stem else ''}"
    return kept or "document"
