"""From a template and plain values to a page in the reader's language."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.gate import Visitor, cookie
from api.web import formats, words
from api.web.field_places import place_of_field
from api.web.language import LANGUAGES, catalogue, chosen_language
from api.web.outcomes import DONE
from api.web.places import current, places_of
from api.web.refusals import in_language
from api.web.sentences import sentence, told, written
from assistant.notices.listing import count_unread
from assistant.people.roles import Permission
from assistant.review.meanings import meaning_in
from assistant.store.clock import civil_date

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
LANGUAGE_COOKIE = "ancrage_language"


@cache
def environment(language: str) -> Environment:
    """The templates with the catalogue, the formats and the words of one language. Everything is escaped."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {
        "date": partial(_second(formats.date_text), language),
        "signed_at": partial(_second(formats.signed_text), language),
        "instant": partial(_second(formats.instant_text), language),
        "number": partial(_second(formats.number_text), language),
        "place": partial(_second(formats.place_text), language),
        "size": partial(_second(formats.size_text), language),
        "timecode": formats.timecode,
        "typeset": partial(_second(formats.typeset), language),
        "sentence": partial(_second(sentence), language),
        "told": partial(_second(told), language),
        "written": partial(_second(written), language),
        "markets": partial(_second(words.markets_text), language),
        "meaning": partial(_second(meaning_in), language),
    }
    env.globals |= {
        "language": language,
        "languages": LANGUAGES,
        "word": lambda group, code: words.word(group, code, language),
        "judge_name": lambda name: words.judge_name(name, language),
        "kind_of_change": lambda code: words.kind_of_change(code, language),
        "words": words.WORDS,
        "tone": words.tone,
        "place_of_field": place_of_field,
        "asset": asset,
        "Permission": Permission,
        "done_text": lambda code: catalogue(language).gettext(DONE[code]) if code in DONE else "",
    }
    return env


def _second(function: Callable[[Any, str], str]) -> Callable[[str, Any], str]:
    return lambda language, value: function(value, language)


@cache
def asset(name: str) -> str:
    """The address of a static file, with a digest of its bytes, so that it may be kept for ever."""
    return with_digest(f"/static/{name}", (STATIC / name).read_bytes())


def with_digest(address: str, content: bytes) -> str:
    """The address of these bytes: another one as soon as they change."""
    return f"{address}?v={hashlib.sha256(content).hexdigest()[:12]}"


def reader_language(request: Request) -> str:
    """The signed-in person's language, else the one chosen before signing in, else what the browser asks for."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if visitor is not None:
        return chosen_language(visitor.actor.language, "")
    chosen = cookie(request.headers.getlist("cookie"), LANGUAGE_COOKIE)
    return chosen_language(chosen or None, request.headers.get("accept-language", ""))


def today(request: Request) -> date:
    """The civil date that pages count expiries from."""
    return civil_date(request.app.state.ancrage.clock.now(), "FR")


def _way_back(request: Request) -> str:
    """The page as it is read, with what was searched, filtered or chosen on it; after a refused act the one that it was sent from."""
    try:
        read = urlsplit(str(request.url) if request.method == "GET" else request.headers.get("referer", ""))
    except ValueError:
        return "/"
    asked = [(name, value) for name, value in parse_qsl(read.query, keep_blank_values=True) if name != "done"]
    return (read.path or "/") + (f"?{urlencode(asked)}" if asked else "")


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a page. `refusal`, where given, is shown as a summary at its top in the reader's language."""
    language = reader_language(request)
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    me = visitor.actor if visitor else None
    places = places_of(me) if me else []
    day = today(request)
    context: Mapping[str, Any] = {
        "me": me,
        "may": me.may if me else lambda _permission: False,
        "csrf": (visitor.csrf or "") if visitor else "",
        "places": places,
        "unread": count_unread(request.app.state.ancrage.db, me) if me else 0,
        "here": current(places, request.url.path),
        "address": request.url.path,
        "back": _way_back(request),
        "today": day,
        "passwords": request.app.state.ancrage.settings.passwords,
        "has_login": bool(request.app.state.ancrage.settings.oidc_issuer),
        "login_name": request.app.state.ancrage.settings.oidc_name,
        "expiry": lambda value: formats.expiry(value, day),
        "expiry_text": lambda value: formats.expiry_text(value, day, language),
        "done": request.query_params.get("done", ""),
        **values,
        "refusal": in_language(values["refusal"], language) if values.get("refusal") else None,
    }
    body = environment(language).get_template(template).render(context)
    return HTMLResponse(
        body, status, headers={"Content-Language": language, "Vary": "Cookie, Accept-Language"}
    )
