"""The stamp of a copy that leaves the house: until when it holds, and where anybody can ask whether it still does."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from assistant.errors import InvalidInput, WrongState
from assistant.people.roles import Actor, Permission, require
from assistant.publishing.pdf_stamp import stamp_pdf
from assistant.publishing.rows import live_publication
from assistant.publishing.serving import published_bytes
from assistant.review.pieces import load_piece
from assistant.store.clock import civil_date
from assistant.store.database import Database

WORDS = {
    "en": {
        "copy": "Copy of {day}. The signed page stands above, unchanged.",
        "signed": "Signed as {hash}…",
        "until": "To be used until {day} at the latest.",
        "ask": "Is this copy still in force? Ask here",
        "good": "Checked on {time}: in force.",
        "bad": "NOT IN FORCE ANY MORE. Do not use this copy.",
        "ended": "ITS TIME OF USE IS OVER. Do not use this copy. Whether it was recalled before could not be checked.",
        "unchecked": "It could not be checked whether this copy is still in force.",
    },
    "fr": {
        "copy": "Copie du {day}. La page signée figure ci-dessus, inchangée.",
        "signed": "Signé sous {hash}…",
        "until": "À utiliser jusqu'au {day} au plus tard.",
        "ask": "Cette copie est-elle toujours en vigueur ? Vérifiez ici",
        "good": "Vérifié le {time} : en vigueur.",
        "bad": "N'EST PLUS EN VIGUEUR. N'utilisez pas cette copie.",
        "ended": "SA DURÉE D'UTILISATION EST ÉCOULÉE. N'utilisez pas cette copie. Un rappel antérieur n'a pas pu être vérifié.",
        "unchecked": "Il n'a pas pu être vérifié si cette copie est toujours en vigueur.",
    },
}
_PREFIX = 32
_STATES = ("good", "bad", "ended", "unchecked")


def stamped_copy(
    db: Database, actor: Actor, piece_id: str, address: str, form: str = "html"
) -> tuple[bytes, dict[str, Any]]:
    """The signed page (`form` html or pdf) with a stamp below it; `address` is the public one of this server.

    A page is rechecked whenever it is opened, comes back on line or is looked at again, and every hour, where scripts run;
    what could not be checked says so, and until when it holds. Elsewhere, and of a PDF, its link tells.
    The stamped file is not the signed rendition itself, whose hash it names. Raises WrongState where nothing is published, Gone.
    """
    require(actor, Permission.READ_PUBLISHED)
    with db.read() as connection:
        piece = load_piece(connection, piece_id)
        publication = live_publication(connection, piece.id)
    if publication is None:
        raise WrongState(
            f"Nothing of the piece {piece_id} is published.", help="Only what is published is stamped."
        )
    if form not in STAMPED:
        raise InvalidInput(f"There is no stamped {form[:20]}.", help=f"One of: {', '.join(STAMPED)}.")
    signed, _ = published_bytes(db, publication.id, form, actor)
    prefix = publication.manifest_hash[:_PREFIX]
    today = civil_date(db.clock.now(), piece.market)
    made = STAMPED[form](signed, piece.language, today, publication.expires_on, (address, prefix))
    told = {"status": f"{address}/status/{prefix}", "manifest_hash": publication.manifest_hash}
    return made, {
        **told,
        "valid_until": publication.expires_on.isoformat() if publication.expires_on else None,
    }


def stamp(page: bytes, language: str, today: date, until: date | None, status: tuple[str, str]) -> bytes:
    """The page with the stamp before its end; `status` is the server's address and the hash to ask about."""
    language = language if language in WORDS else "en"
    words = WORDS[language]
    address, prefix = status
    data = {
        "ask": f"{address}/api/status/{prefix}",
        "until": until.isoformat() if until else "",
        **{state: words[state] for state in _STATES},
    }
    held = "".join(f' data-{name}="{escape(value, quote=True)}"' for name, value in data.items())
    link = escape(f"{address}/status/{prefix}", quote=True)
    block = (
        f'<aside id="ancrage-stamp" role="status" lang="{language}" '
        f'style="border:2px solid #555;margin:2rem 0;padding:.6rem 1rem"{held}>'
        f"<p>{escape(' '.join(_dated(words, today, until)))}</p>"
        f'<p><a href="{link}" rel="noreferrer">{escape(words["ask"])}</a> '
        f"<strong>{escape(words['unchecked'])}</strong></p></aside><script>{_script()}</script>"
    ).encode()
    head, end, tail = page.rpartition(b"</body>")
    return head + block + end + tail if end else page + block


@cache
def _script() -> str:
    return files("assistant.publishing").joinpath("stamp.js").read_text("utf-8")


def _dated(words: Mapping[str, str], today: date, until: date | None) -> list[str]:
    ended = [words["until"].format(day=until.isoformat())] if until else []
    return [words["copy"].format(day=today.isoformat()), *ended]


def pdf(page: bytes, language: str, today: date, until: date | None, status: tuple[str, str]) -> bytes:
    """The PDF with the stamp below each page."""
    words = WORDS.get(language, WORDS["en"])
    address, prefix = status
    link = f"{address}/status/{prefix}"
    first = [*_dated(words, today, until), words["signed"].format(hash=prefix)]
    return stamp_pdf(page, [" ".join(first), f"{words['ask']}: {link}"], link)


STAMPED = {"html": stamp, "pdf": pdf}
"""By the form of the copy."""
