"""The stamp of a copy that leaves the house: until when it holds, and where anybody can ask whether it still does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from assistant.errors import InvalidInput, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.listing import signatures_behind
from assistant.publishing.pdf_stamp import stamp_pdf
from assistant.publishing.rows import live_publication
from assistant.publishing.serving import published_bytes
from assistant.publishing.signed_by import HEADING, signature_lines
from assistant.review.pieces import load_piece
from assistant.store.clock import civil_date
from assistant.store.database import Database

WORDS = {
    "en": {
        "copy": "Copy of {day}. The signed page is unchanged.",
        "signed": "Signed as {hash}…",
        "until": "To be used until {day} at the latest.",
        "ask": "Is this copy still in force? Ask here",
        "good": "Checked on {time}: in force.",
        "bad": "NOT IN FORCE ANY MORE. Do not use this copy.",
        "ended": "ITS TIME OF USE IS OVER. Do not use this copy. Whether it was recalled before could not be checked.",
        "unchecked": "It could not be checked whether this copy is still in force.",
    },
    "fr": {
        "copy": "Copie du {day}. La page signée est inchangée.",
        "signed": "Signé sous {hash}…",
        "until": "À utiliser jusqu’au {day} au plus tard.",
        "ask": "Cette copie est-elle toujours en vigueur ? Vérifiez ici",
        "good": "Vérifié le {time} : en vigueur.",
        "bad": "N’EST PLUS EN VIGUEUR. N’utilisez pas cette copie.",
        "ended": "SA DURÉE D’UTILISATION EST ÉCOULÉE. N’utilisez pas cette copie. Un rappel antérieur n’a pas pu être vérifié.",
        "unchecked": "Il n’a pas pu être vérifié si cette copie est toujours en vigueur.",
    },
}
_PREFIX = 32
_STATES = ("good", "bad", "ended", "unchecked")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a copy says of itself."""

    language: str
    today: date
    until: date | None
    """Inclusive."""
    address: str
    """Of the server to ask."""
    prefix: str
    """Of the manifest's hash."""
    signatures: Sequence[str] = ()
    """A line each."""

    @property
    def words(self) -> dict[str, str]:
        """In the language of the copy, English where there are none in it."""
        return WORDS.get(self.language, WORDS["en"])

    @property
    def link(self) -> str:
        """Where anybody can ask."""
        return f"{self.address}/status/{self.prefix}"

    @property
    def heading(self) -> str:
        """Of the signatures, with what they sign."""
        title = HEADING.get(self.language, HEADING["en"])
        return f"{title} ({self.words['signed'].format(hash=self.prefix)})"

    @property
    def dated(self) -> str:
        """When the copy was made, and its last day."""
        ended = [self.words["until"].format(day=self.until.isoformat())] if self.until else []
        return " ".join([self.words["copy"].format(day=self.today.isoformat()), *ended])


def stamped_copy(
    db: Database, actor: Actor, piece_id: str, address: str, form: str = "html"
) -> tuple[bytes, dict[str, Any]]:
    """The signed page (`form` html or pdf) with its signatures and a stamp below it; `address` is this server's public one.

    A page is rechecked whenever it is opened, comes back on line or is looked at again, and every hour, where scripts run;
    what could not be checked says so, and until when it holds. Elsewhere, and of a PDF, its link tells.
    The stamped file is not the signed rendition itself, whose hash it names. Raises WrongState where nothing is published, Gone.
    """
    require(actor, Permission.READ_PUBLISHED)
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        publication = live_publication(connection, piece.id)
        signatures = signatures_behind(connection, publication) if publication else []
    if publication is None:
        raise WrongState(
            f"Nothing of the piece {piece_id} is published.", help="Only what is published is stamped."
        )
    if form not in STAMPED:
        raise InvalidInput(f"There is no stamped {form[:20]}.", help=f"One of: {', '.join(STAMPED)}.")
    signed, _ = published_bytes(db, publication.id, form, actor)
    made = Stamp(
        piece.language,
        civil_date(db.clock.now(), piece.market),
        publication.expires_on,
        address,
        publication.manifest_hash[:_PREFIX],
        signature_lines(signatures, piece.language, piece.market),
    )
    return STAMPED[form](signed, made), {
        "status": made.link,
        "manifest_hash": publication.manifest_hash,
        "valid_until": publication.expires_on.isoformat() if publication.expires_on else None,
    }


def html(page: bytes, stamp: Stamp) -> bytes:
    """The page with the signatures and the stamp before its end."""
    words = stamp.words
    data = {
        "ask": f"{stamp.address}/api/status/{stamp.prefix}",
        "until": stamp.until.isoformat() if stamp.until else "",
        **{state: words[state] for state in _STATES},
    }
    language = stamp.language if stamp.language in WORDS else "en"
    held = "".join(f' data-{name}="{escape(value, quote=True)}"' for name, value in data.items())
    block = (
        f"{_signed_html(stamp, language)}"
        f'<aside id="ancrage-stamp" role="status" lang="{language}" '
        f'style="border:2px solid #555;margin:2rem 0;padding:.6rem 1rem"{held}>'
        f"<p>{escape(stamp.dated)}</p>"
        f'<p><a href="{escape(stamp.link, quote=True)}" rel="noreferrer">{escape(words["ask"])}</a> '
        f"<strong>{escape(words['unchecked'])}</strong></p></aside><script>{_script()}</script>"
    ).encode()
    head, end, tail = page.rpartition(b"</body>")
    return head + block + end + tail if end else page + block


def _signed_html(stamp: Stamp, language: str) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in stamp.signatures)
    return (
        f'<section id="ancrage-signatures" lang="{language}" style="margin:2rem 0">'
        f"<h2>{escape(stamp.heading)}</h2><ul>{lines}</ul></section>"
    )


@cache
def _script() -> str:
    return files("assistant.publishing").joinpath("stamp.js").read_text("utf-8")


def pdf(page: bytes, stamp: Stamp) -> bytes:
    """The PDF with a page of its signatures at the end and the stamp below each page."""
    first = f"{stamp.dated} {stamp.words['signed'].format(hash=stamp.prefix)}"
    lines = [first, f"{stamp.words['ask']}: {stamp.link}"]
    return stamp_pdf(page, lines, stamp.link, (stamp.heading, stamp.signatures))


STAMPED = {"html": html, "pdf": pdf}
"""By the form of the copy."""
