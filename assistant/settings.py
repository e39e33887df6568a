"""What the environment says. It is read here and nowhere else."""

import os
import re
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assistant.errors import InvalidInput

_MAX_WORKERS = 4
PUBLIC_URL = "http://127.0.0.1:8321"
"""Where the pages are reached from this machine alone, where nothing else is set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept, and what is allowed."""

    home: Path
    """Everything that is not in a database given by URL. Absolute."""
    database_url: str
    egress: bool = True
    """Whether a connection to another host may be opened at all."""
    workers: int = 2
    """Reader processes, at least one."""
    reader_seconds: float = 60.0
    """How long one file may be read, or one batch embedded, before it is stopped."""
    reader_megabytes: int = 1500
    """Address space of a reader process; what it really uses stays well below."""
    better: bool = True
    """Whether the better model takes part in search, and its vectors are made in the background."""
    search_without: frozenset[str] = frozenset()
    """Parts of the search that are switched off."""
    ocr: bool = True
    """Whether scanned pages are read by Tesseract, where it is installed."""
    failpoint: str = ""
    """"name:n": the process kills itself the n-th time it passes that point. For crash tests only."""
    openai_base_url: str = ""
    openai_api_key: str = field(default="", repr=False)
    openai_model: str = ""
    smtp_url: str = ""
    """Where mail is handed over: smtp://user:password@host:587 (with STARTTLS where offered) or smtps://…"""
    mail_from: str = ""
    """The sender of its mail."""
    public_url: str = PUBLIC_URL
    """Where people reach the pages: links in mail begin with it."""
    webhook_hosts: frozenset[str] = frozenset()
    """The hosts to which notices may be posted."""
    webhook_secret: str = ""
    """The key of the signature on what is posted to a generic webhook."""
    passwords: bool = True
    """Whether people may sign in, and sign, with a passphrase."""
    oidc_issuer: str = ""
    """The company's login (OpenID Connect), exactly as it calls itself."""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = ""
    """What people call it: on the buttons."""
    oidc_by_email: bool = False
    """Whether a first login with a verified address takes up an administrator's invitation to it."""
    openai_api_version: str = ""
    """Of Azure; empty everywhere else."""
    openai_deployment: str = ""
    """Of Azure, where it is not called as the model is."""
    openai_context: int = 32_000
    """Tokens that the model takes, question and answer together."""
    openai_answer: int = 4_000
    """Tokens kept free for the answer."""
    openai_tokens_per_day: int = 0
    """0: no limit."""
    openai_prices: tuple[Decimal, Decimal] | None = None
    """For a million tokens, read and written."""
    openai_seconds: float = 120.0
    """How long nothing may come between two pieces of an answer."""
    openai_longest: float = 600.0
    """How long one answer may take."""
    judge: str = "signals"
    """Who ranks reworded statements: the embedded judge ("signals"), or the model of the openai engine ("openai")."""
    judge_votes: int = 3
    """How often the model is asked about one claim."""
    tokens: bool = False
    """Whether the better model also reads the best passages word by word, for which it keeps rows of their words."""
    rerank: bool = False
    """Whether the model orders the best passages of a search anew. The question and the passages go to its endpoint."""
    rerank_passages: int = 20
    """How many it is shown."""
    rerank_seconds: float = 8.0
    """How long a search waits for it."""
    user: str = ""
    """Who acts on the command line when it is not told."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the ANCRAGE_… variables. Raises InvalidInput, naming the variable, for a value that cannot be."""
        home = Path(environ.get("ANCRAGE_HOME") or "~/.ancrage").expanduser().absolute()
        oidc_issuer = _login(environ)
        return cls(
            home=home,
            database_url=_database_url(environ.get("ANCRAGE_DATABASE_URL", ""), home),
            egress=_on_off("ANCRAGE_EGRESS", environ.get("ANCRAGE_EGRESS") or "on"),
            workers=_workers(environ.get("ANCRAGE_WORKERS", "")),
            better=_on_off("ANCRAGE_BETTER", environ.get("ANCRAGE_BETTER") or "on"),
            search_without=frozenset(
                environ.get("ANCRAGE_SEARCH_WITHOUT", "").lower().replace(",", " ").split()
            ),
            ocr=_on_off("ANCRAGE_OCR", environ.get("ANCRAGE_OCR") or "on"),
            failpoint=environ.get("ANCRAGE_FAILPOINT", ""),
            openai_base_url=environ.get("ANCRAGE_OPENAI_BASE_URL", "").strip(),
            openai_api_key=environ.get("ANCRAGE_OPENAI_API_KEY", "").strip(),
            openai_model=environ.get("ANCRAGE_OPENAI_MODEL", "").strip(),
            smtp_url=environ.get("ANCRAGE_SMTP_URL", ""),
            mail_from=environ.get("ANCRAGE_MAIL_FROM", ""),
            public_url=(environ.get("ANCRAGE_PUBLIC_URL") or PUBLIC_URL).rstrip("/"),
            webhook_hosts=frozenset(
                environ.get("ANCRAGE_WEBHOOK_HOSTS", "").lower().replace(",", " ").split()
            ),
            webhook_secret=environ.get("ANCRAGE_WEBHOOK_SECRET", ""),
            passwords=_passwords(environ, oidc_issuer),
            oidc_issuer=oidc_issuer,
            oidc_client_id=environ.get("ANCRAGE_OIDC_CLIENT_ID", ""),
            oidc_client_secret=environ.get("ANCRAGE_OIDC_CLIENT_SECRET", ""),
            oidc_name=environ.get("ANCRAGE_OIDC_NAME", "").strip(),
            oidc_by_email=_on_off("ANCRAGE_OIDC_BY_EMAIL", environ.get("ANCRAGE_OIDC_BY_EMAIL") or "off"),
            openai_api_version=environ.get("ANCRAGE_OPENAI_API_VERSION", "").strip(),
            openai_deployment=environ.get("ANCRAGE_OPENAI_DEPLOYMENT", "").strip(),
            openai_context=_whole(environ, "ANCRAGE_OPENAI_CONTEXT", 32_000, 2_000),
            openai_answer=_whole(environ, "ANCRAGE_OPENAI_ANSWER", 4_000, 200),
            openai_tokens_per_day=_whole(environ, "ANCRAGE_OPENAI_TOKENS_PER_DAY", 0, 0),
            openai_prices=_prices(environ.get("ANCRAGE_OPENAI_PRICES", "")),
            openai_seconds=_whole(environ, "ANCRAGE_OPENAI_SECONDS", 120, 1),
            openai_longest=_whole(environ, "ANCRAGE_OPENAI_LONGEST_SECONDS", 600, 1),
            judge=_judge(environ.get("ANCRAGE_JUDGE", "")),
            judge_votes=_whole(environ, "ANCRAGE_JUDGE_VOTES", 3, 1),
            tokens=_on_off("ANCRAGE_TOKENS", environ.get("ANCRAGE_TOKENS") or "off"),
            rerank=_on_off("ANCRAGE_RERANK", environ.get("ANCRAGE_RERANK") or "off"),
            rerank_passages=_whole(environ, "ANCRAGE_RERANK_PASSAGES", 20, 2),
            rerank_seconds=_whole(environ, "ANCRAGE_RERANK_SECONDS", 8, 1),
            user=environ.get("ANCRAGE_USER", ""),
        )


def _judge(value: str) -> str:
    name = value.strip().lower() or "signals"
    if name not in {"signals", "openai"}:
        raise InvalidInput(f"ANCRAGE_JUDGE is {value}.", help="Set it to signals or openai.")
    return name


def settings_from_environment() -> Settings:
    """The settings of this process."""
    return Settings.from_environment(os.environ)


def sqlite_url(home: Path) -> str:
    """The embedded database of a home."""
    return f"sqlite:///{home / 'ancrage.sqlite'}"


def failpoint_of(settings: Settings) -> Callable[[str], None]:
    """A function that kills this process, without any farewell, at the failpoint that the settings name."""
    if not settings.failpoint:
        return _pass_by
    name, _, count = settings.failpoint.rpartition(":")
    if not name or not count.isdigit() or int(count) < 1:
        raise InvalidInput(
            f"ANCRAGE_FAILPOINT={settings.failpoint} is not name:n.",
            help="For instance audit:source.registered:1.",
        )
    left = int(count)

    def pass_by(point: str) -> None:
        nonlocal left
        if point == name:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return pass_by


def _pass_by(_point: str) -> None:
    """No failpoint is set."""


def _database_url(value: str, home: Path) -> str:
    if not value:
        return sqlite_url(home)
    scheme, separator, rest = value.partition("://")
    if separator and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if separator and scheme == "sqlite":
        return value
    raise InvalidInput(
        "ANCRAGE_DATABASE_URL is neither a PostgreSQL nor an SQLite address.",
        help="For instance postgresql://user:password@host/database, or leave it empty for SQLite in ANCRAGE_HOME.",
    )


def _on_off(name: str, value: str) -> bool:
    if value.lower() in {"on", "1", "true", "yes"}:
        return True
    if value.lower() in {"off", "0", "false", "no"}:
        return False
    raise InvalidInput(f"{name}={value} is neither on nor off.", help=f"Set {name} to on or off.")


def _login(environ: Mapping[str, str]) -> str:
    """The issuer: https, or this machine, so that no secret goes over the network in the open."""
    issuer = environ.get("ANCRAGE_OIDC_ISSUER", "")
    if not issuer:
        return ""
    plain = re.fullmatch(r"http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(/[!-~]*)?", issuer)
    if not plain and not re.fullmatch(r"https://[A-Za-z0-9.\[\]:-]+(/[!-~]*)?", issuer):
        raise InvalidInput(
            "ANCRAGE_OIDC_ISSUER is not the address of a login.",
            help="It begins with https://, as in https://login.company.example.",
        )
    if "?" in issuer or "#" in issuer or not environ.get("ANCRAGE_OIDC_CLIENT_ID"):
        raise InvalidInput(
            "ANCRAGE_OIDC_ISSUER takes a client's id beside it, and neither ? nor #.",
            help="Register this installation with the login and set ANCRAGE_OIDC_CLIENT_ID.",
        )
    return issuer


def _passwords(environ: Mapping[str, str], issuer: str) -> bool:
    wanted = _on_off("ANCRAGE_PASSWORDS", environ.get("ANCRAGE_PASSWORDS") or "on")
    if not wanted and not issuer:
        raise InvalidInput(
            "ANCRAGE_PASSWORDS=off leaves nobody a way in.", help="Set up ANCRAGE_OIDC_ISSUER first."
        )
    return wanted


def _workers(value: str) -> int:
    if not value:
        return max(1, min(os.cpu_count() or 1, _MAX_WORKERS))
    if value.isdigit() and 1 <= int(value) <= 64:  # noqa: PLR2004  more processes than any machine here has cores
        return int(value)
    raise InvalidInput(
        f"ANCRAGE_WORKERS={value} is not a number from 1 to 64.", help="Leave it empty to decide by cores."
    )


def _whole(environ: Mapping[str, str], name: str, default: int, least: int) -> int:
    value = environ.get(name) or str(default)
    if value.isascii() and value.isdigit() and least <= int(value[:12]) and len(value) <= _DIGITS:
        return int(value)
    raise InvalidInput(
        f"{name}={value} is not a whole number from {least}.", help=f"Leave it empty for {default}."
    )


_DIGITS = 12


def _prices(value: str) -> tuple[Decimal, Decimal] | None:
    if not value:
        return None
    try:
        read, written = (Decimal(part.strip()) for part in value.split(","))
        if read.is_finite() and written.is_finite() and read >= 0 and written >= 0:
            return read, written
    except (InvalidOperation, ValueError):
        pass
    raise InvalidInput(
        f"ANCRAGE_OPENAI_PRICES={value} is not two prices.",
        help="For a million tokens, read and written: 2.50,10.00.",
    )
