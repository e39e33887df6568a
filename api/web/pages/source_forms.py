"""From the form of a new source to a request, and from uploaded files to files on the disk."""

import shutil
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from starlette.datastructures import FormData, UploadFile

from api.auth import text_of, texts_of
from assistant.corpus.model import USES, ApprovalRequest, SourceRequest
from assistant.corpus.written import civil_day, page_numbers, time_stretches
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
        "excluded_times": "",
        "display_right": "in_house",
        "cite_notes": "",
        "cite_questions": "",
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
        cite_questions=bool(text_of(form, "cite_questions")),
        excluded_pages=page_numbers(text_of(form, "excluded_pages")),
        excluded_times=time_stretches(text_of(form, "excluded_times")),
        display_right=text_of(form, "display_right") or "in_house",
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
        given["reference"],
        civil_day(given["approved_on"], "approved_on"),
        civil_day(given["expires_on"], "expires_on"),
    )


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
