"""What `ancrage doctor` says."""

import importlib.util
import platform
import shutil
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from assistant.audit.verify import verify_trail
from assistant.corpus.rereading import read_by_older
from assistant.engines.endpoint import endpoint, host_of
from assistant.engines.spending import DailyTokens
from assistant.errors import InvalidInput
from assistant.indexing import Indexes
from assistant.jobs.table import UNFINISHED
from assistant.notices.addresses import EgressOff, Outside
from assistant.notices.mail import Mailer
from assistant.publishing.conditions.calendars import calendars, gaps, kind_for, kinds_of
from assistant.publishing.conditions.data import MARKETS
from assistant.settings import Settings
from assistant.store.clock import civil_date
from assistant.store.database import Database
from assistant.store.migrations import NEWEST, stored_revision
from assistant.store.originals import Originals, file_size, free_bytes
from assistant.store.schema import job, known_browser, original, piece, product, source, user
from ingestion.errors import AncrageError
from ingestion.formats import READER_VERSION
from ingestion.ocr import Ocr, find_ocr

_SCARCE = 2_000_000_000
_LATELY = timedelta(days=30)
_NAMED = 5
_SEVERAL = 3
"""From so many browsers on, one address for all of them is worth a word."""


def examine(settings: Settings, db: Database, indexes: Indexes) -> dict[str, Any]:
    """Plain values by name; what needs doing is said in "advice"."""
    advice: list[str] = []
    found: dict[str, Any] = {"python": platform.python_version(), "home": str(settings.home)}
    found |= _database(db, advice)
    found["deposit_windows"] = _windows(db, advice)
    found |= _trail(settings, db, advice)
    found["originals"] = _originals(settings, db, advice)
    found["reader"] = _reader(db, advice)
    found["index"] = _index(indexes, advice)
    free = free_bytes(settings.home)
    found["free_disk_gb"] = round(free / 1e9, 1)
    if free < _SCARCE:
        advice.append("The disk is nearly full: free some space before adding sources.")
    found |= {
        "workers": settings.workers,
        "egress": "on" if settings.egress else "off",
        "model": indexes.model,
        "libreoffice": shutil.which("soffice") or shutil.which("libreoffice") or "not installed",
        "tesseract": scans_read_by(find_ocr() if settings.ocr else None, advice, wanted=settings.ocr),
        "openai": _openai(settings, advice),
        "openai_tokens_today": _tokens_today(settings, db),
        "mail": _mail(settings, advice),
    }
    if settings.oidc_issuer:
        found["sign_in_addresses"] = _addresses(db, advice)
    if found["libreoffice"] == "not installed":
        advice.append("LibreOffice is not installed: slides are shown as text, without their pictures.")
    return {**found, "advice": advice or ["Nothing needs doing."]}


def _database(db: Database, advice: list[str]) -> dict[str, Any]:
    with db.read() as connection:
        revision = stored_revision(connection)
        counts = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in (("users", user), ("products", product), ("sources", source))
        }
        left = select(func.count()).select_from(job).where(job.c.status.in_(UNFINISHED))
        unfinished = connection.execute(left).scalar_one()
    if not counts["users"]:
        advice.append("There is no user yet: ancrage user add NAME --role admin --password-stdin")
    if unfinished:
        advice.append(f"{unfinished} jobs are not finished: any command, or the server, takes them up.")
    kind = "SQLite" if db.is_sqlite else "PostgreSQL"
    state = "current" if revision == NEWEST else f"at {revision}, newest is {NEWEST}"
    return {"database": kind, "migrations": state, **counts, "unfinished_jobs": unfinished}


def _windows(db: Database, advice: list[str]) -> str:
    """The windows of deposit that are recorded; advice where some are missing that this house's own pieces need."""
    asked = select(piece.c.market, piece.c.audience).where(piece.c.qualification == "promotional").distinct()
    told = []
    with db.read() as connection:
        needed = {(row.market, kind_for(row.market, row.audience)) for row in connection.execute(asked)}
        for market in filter(kinds_of, MARKETS):
            told += [f"{one.type} {one.year}" for one in calendars(connection, market)]
            for kind, year in gaps(connection, market, civil_date(db.clock.now(), market)):
                if (market, kind) in needed:
                    advice.append(
                        f"The windows of deposit of {kind} visas in {year} are not recorded, and no request is taken: "
                        f"ancrage release windows --type {kind} --year {year} --days FIRST..LAST --source DECISION"
                    )
    return ", ".join(told) or "none"


def _trail(settings: Settings, db: Database, advice: list[str]) -> dict[str, Any]:
    verdict = verify_trail(db, settings.home)
    if not verdict["ok"]:
        advice.append(f"The audit trail does not hold at entry {verdict['first_bad']}: {verdict['reason']}.")
    state = "holds" if verdict["ok"] else f"broken at {verdict['first_bad']}"
    return {"audit": f"{state}, {verdict['entries']} entries", "audit_head": verdict["head"]}


def _originals(settings: Settings, db: Database, advice: list[str]) -> str:
    """Whether each file is there in its size; its bytes are held to their hash wherever it is opened."""
    stored = Originals(settings.home / "originals")
    with db.read() as connection:
        rows = connection.execute(select(original.c.sha256, original.c.bytes, original.c.file_name)).all()
    lost = [row.file_name for row in rows if file_size(stored.path(row.sha256)) != row.bytes]
    if not lost:
        return f"{len(rows)}, all there"
    named = ", ".join(sorted(lost)[:_NAMED]) + (" …" if len(lost) > _NAMED else "")
    advice.append(
        f"{len(lost)} of {len(rows)} originals are missing or cut ({named}): restore the folder "
        f"{settings.home / 'originals'} from a copy of the home. Until then their pages have no pictures, and packs that hold them are not made."
    )
    return f"{len(lost)} of {len(rows)} missing or cut"


def _reader(db: Database, advice: list[str]) -> str:
    """Today's reader, and how many live sources an older one has read."""
    with db.read() as connection:
        older = len(read_by_older(connection))
    if older:
        advice.append(
            f"{older} sources in use were read by an older reader, which may have misread what today's reads: "
            "ancrage source reread --all --dry-run"
        )
    return f"{READER_VERSION}, {older} sources read by an older one"


def _index(indexes: Indexes, advice: list[str]) -> str:
    try:
        verdict = indexes.verify()
    except AncrageError as error:
        advice.append(error.help)
        return error.message
    if not verdict["ok"]:
        advice.append("The search index differs from the database: ancrage index rebuild")
        return "differs from the database"
    return f"agrees with the database, {sum(p['index'] for p in verdict['products'])} vectors"


def scans_read_by(ocr: Ocr | None, advice: list[str], *, wanted: bool) -> str:
    """What reads scanned pages; advice where nothing does, or one language is missing."""
    if not wanted:
        return "switched off (ANCRAGE_OCR)"
    if ocr is None:
        advice.append(
            "Tesseract is not installed, or has neither French nor English: scanned pages are reported and not read."
        )
        return "not installed"
    if len(ocr.languages) == 1:
        advice.append(
            f"Tesseract reads {ocr.languages[0]} only: scanned pages in the other language are misread."
        )
    return f"{ocr.command} ({', '.join(ocr.languages)})"


def _openai(settings: Settings, advice: list[str]) -> str:
    """The model and its host, never a key; nothing is sent to find out."""
    if importlib.util.find_spec("langchain_openai") is None:
        return "not installed"
    if not (settings.openai_model or settings.openai_base_url):
        return "not configured (ANCRAGE_OPENAI_BASE_URL, ANCRAGE_OPENAI_MODEL)"
    try:
        host = host_of(endpoint(settings))
    except AncrageError as error:
        advice.append(f"The openai engine cannot be asked: {error.message} {error.help}")
        return error.message
    return f"{settings.openai_model} at {host}"


def _tokens_today(settings: Settings, db: Database) -> str:
    """What the model has been sent and has answered today, against the limit where there is one."""
    limit = settings.openai_tokens_per_day
    spent = DailyTokens(db, limit).today()
    return (
        f"{spent} of {limit} a day (UTC)" if limit else f"{spent}, no limit (ANCRAGE_OPENAI_TOKENS_PER_DAY)"
    )


def _addresses(db: Database, advice: list[str]) -> str:
    """From how many addresses people come in by the company login; advice where it is one for all of them."""
    since = db.clock.now() - _LATELY
    counted = select(func.count(), func.count(known_browser.c.client.distinct()))
    with db.read() as connection:
        browsers, addresses = connection.execute(counted.where(known_browser.c.seen_at > since)).one()
    if browsers >= _SEVERAL and addresses == 1:
        advice.append(
            f"All {browsers} browsers that came in lately by the company login came from one address. If that is a proxy "
            "before this server, set FORWARDED_ALLOW_IPS to it: until then what strangers begin there counts for everybody. "
            "If it is your office's own address, nothing needs doing."
        )
    return f"{addresses}, of {browsers} browsers in {_LATELY.days} days"


def _mail(settings: Settings, advice: list[str]) -> str:
    """The server and the sender, never a password; nothing is sent to find out."""
    mailer = Mailer(settings.smtp_url, settings.mail_from, settings.public_url, Outside(settings.egress))
    if not (settings.smtp_url or settings.mail_from):
        return "not set up (ANCRAGE_SMTP_URL, ANCRAGE_MAIL_FROM): notices stay in the app"
    if not mailer.ready:
        missing = "ANCRAGE_MAIL_FROM" if settings.smtp_url else "ANCRAGE_SMTP_URL"
        advice.append(f"Mail is set up by half: {missing} is missing, and nothing is sent.")
        return f"by half: {missing} is missing"
    try:
        host = mailer.host()
    except (EgressOff, InvalidInput) as error:
        advice.append(f"Mail cannot be sent: {error.message} {error.help}")
        return error.message
    return f"{host}, from {settings.mail_from}"
