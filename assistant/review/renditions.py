"""The shapes of a piece that are signed and served: HTML, text and PDF. The same revision gives the same bytes."""

import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from assistant.corpus.products import find_product
from assistant.review.layout import Layout, lay_out
from assistant.review.model import Piece, Rendition, Revision
from assistant.store.schema import source as source_table
from assistant.store.schema import user as user_table

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = {"html": "piece.html.j2", "style": "piece.css", "text": "piece.txt.j2"}
_VERSION = "1"
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SYNTHETIC = {"extractive": "algorithmicMedia"}
"""IPTC digital source type of an engine's text; any model's text is `trainedAlgorithmicMedia`."""


def render(connection: Connection, piece: Piece, revision: Revision) -> tuple[Rendition, ...]:
    """The renditions of a revision: html, text, pdf."""
    page = layout_of(connection, piece, revision)
    return render_layout(page)


def render_layout(page: Layout) -> tuple[Rendition, ...]:
    """The renditions of a layout; pure."""
    from assistant.review.pdf import pdf_bytes

    return (
        _rendition("html", "text/html; charset=utf-8", html_text(page).encode()),
        _rendition("text", "text/plain; charset=utf-8", plain_text(page).encode()),
        _rendition("pdf", "application/pdf", pdf_bytes(page)),
    )


def templates() -> list[dict[str, str]]:
    """Name, version and SHA-256 of everything that shapes a rendition."""
    room = files("assistant.review")
    shapes = {name: room.joinpath("templates", file) for name, file in _TEMPLATES.items()}
    shapes |= {"layout": room.joinpath("layout.py"), "pdf": room.joinpath("pdf.py")}
    return [
        {"name": name, "version": _VERSION, "sha256": hashlib.sha256(shape.read_bytes()).hexdigest()}
        for name, shape in sorted(shapes.items())
    ]


def layout_of(connection: Connection, piece: Piece, revision: Revision) -> Layout:
    """The revision laid out, with the names and references that the database holds."""
    product = find_product(connection, piece.product_id)
    cited = {c.source for segment in revision.document.segments for c in segment.citations}
    references = {
        row.id: row.reference
        for row in connection.execute(
            select(source_table.c.id, source_table.c.reference).where(source_table.c.id.in_(sorted(cited)))
        )
        if row.reference
    }
    editor: str = (
        connection.scalar(select(user_table.c.name).where(user_table.c.id == revision.created_by))
        or revision.created_by
    )
    mark = _provenance(piece, revision, editor)
    return lay_out(piece, revision, product.name, references, editor, mark)


def _provenance(piece: Piece, revision: Revision, editor: str) -> str:
    """The machine-readable mark (rules EU2 and EU3), as JSON."""
    kind = _SYNTHETIC.get(piece.engine, "trainedAlgorithmicMedia")
    human = any(segment.wording == "human" for segment in revision.document.segments)
    return json.dumps(
        {
            "digitalSourceType": f"{_SOURCE_TYPES}{kind}",
            "system": "Ancrage",
            "engine": piece.engine,
            "edited_by_a_person": human,
            "editor": editor,
            "document_sha256": revision.hash,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def carries_mark(html: bytes, document_sha256: str) -> bool:
    """Whether the page carries the machine-readable mark of this very document (rule EU2)."""
    reader = _Meta()
    reader.feed(html.decode("utf-8", "replace"))
    try:
        mark = json.loads(reader.found.get("ai-provenance", ""))
    except ValueError:
        return False
    if not isinstance(mark, dict) or mark.get("document_sha256") != document_sha256:
        return False
    return str(mark.get("digitalSourceType", "")).startswith(_SOURCE_TYPES)


class _Meta(HTMLParser):
    """Collects the content of a page's named meta elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name"):
            self.found[str(given["name"])] = given.get("content") or ""


def html_text(page: Layout) -> str:
    """The page as one self-contained HTML file."""
    style = _environment(escaping=False).get_template("piece.css").render()
    made = _environment(escaping=True).get_template("piece.html.j2").render(page=page, style=_markup(style))
    return visible(made)


def plain_text(page: Layout) -> str:
    """The page as plain text, with one empty line at most between two lines."""
    made = _environment(escaping=False).get_template("piece.txt.j2").render(page=page)
    return re.sub(r"\n{3,}", "\n\n", visible(made))


def visible(text: str) -> str:
    """The text with what no reader shows as U+FFFD, so that a gap is seen, not hidden.

    Control characters, and the overrides of direction (Unicode's "Trojan source"), which show other words than stand
    there.
    """
    return _HIDDEN.sub("\ufffd", text)


_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _markup(style: str) -> str:
    from markupsafe import Markup

    return Markup(style)  # noqa: S704  our own style sheet, not text of a source


@cache
def _environment(*, escaping: bool) -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("assistant.review", "templates"),
        autoescape=escaping,  # noqa: S701  off for plain text and the style sheet alone
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
    )


def _rendition(name: str, media_type: str, data: bytes) -> Rendition:
    return Rendition(name, media_type, data, hashlib.sha256(data).hexdigest())
