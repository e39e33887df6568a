"""From the form of a new source to a request, and from uploaded files to files on the disk."""

import shutil
from math import ceil
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from starlette.datastructures import FormData, QueryParams, UploadFile

from api.auth import text_of, texts_of
from api.web.choices import MARKETS
from assistant.corpus.model import USES, ApprovalRequest, SourceRequest
from assistant.corpus.written import civil_day, page_numbers, time_stretches, written_time
from assistant.errors import InvalidInput

_LONGEST_NAME = 150
_SEVERAL = frozenset({"market", "audience", "use"})


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
    return {name: texts_of(form, name) if name in _SEVERAL else text_of(form, name) for name in blank("en")}


def brought_back(given: QueryParams, language: str) -> dict[str, Any]:
    """The form as the address fills it in; as it is first seen where the address says nothing."""
    if "kind" not in given:
        return blank(language)
    return {
        name: tuple(given.getlist(name)) if name in _SEVERAL else given.get(name, "")
        for name in blank(language)
    }


def as_sent(wanted: SourceRequest) -> dict[str, Any]:
    """The form's values of a request: all but the file, which no page can choose for anybody."""
    approval = wanted.approval
    return {
        "product": wanted.product,
        "kind": wanted.kind,
        "title": wanted.title or "",
        "language": wanted.language or "",
        "market": [market for market in wanted.markets if market in MARKETS],
        "other_markets": ", ".join(market for market in wanted.markets if market not in MARKETS),
        "audience": wanted.audiences,
        "use": wanted.uses,
        "reference": approval.reference if approval else "",
        "approved_on": approval.approved_on.isoformat() if approval else "",
        "expires_on": approval.expires_on.isoformat() if approval else "",
        "replaces": wanted.replaces or "",
        "excluded_pages": ",".join(str(number) for number in wanted.excluded_pages),
        "excluded_times": ", ".join(
            f"{written_time(start)}-{written_time(ceil(end))}"  # whole seconds: rather more left out than less
            for start, end in wanted.excluded_times
        ),
        "display_right": wanted.display_right,
        "cite_notes": "yes" if wanted.cite_notes else "",
        "cite_questions": "yes" if wanted.cite_questions else "",
        "bibliography": wanted.reference or "",
    }


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
