"""What a writer asks for, and which sources may answer it: each refusal says which source, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast, get_args

from sqlalchemy import Connection

from assistant.content.material import UsedSource
from assistant.corpus.eligibility import eligible_sources
from assistant.corpus.loading import load_source, load_sources
from assistant.corpus.markets import known_market
from assistant.corpus.model import LANGUAGES, Source
from assistant.corpus.products import Product, find_product, require_active
from assistant.engines.units import weight_of
from assistant.errors import InvalidInput, NoEvidence, SourceNotUsable
from assistant.store.schema import source as source_table
from guardrails.model import Language, PieceKind, Qualification

DRAFTED: tuple[PieceKind, ...] = ("key-moments", "quiz", "email", "brief")
_QUALIFIED: dict[str, Qualification] = {"brief": "internal"}
_CHANNELS = {"key-moments": "page", "quiz": "quiz", "email": "email", "brief": "visit", "text": "page"}
_NAMES = {"fr": "French", "en": "English"}
_READERS = {
    "hcp": "health professionals",
    "public": "the general public",
    "internal": "own staff",
    "rep": "representatives",
}
_USES = {
    "promotional": "as promotional content",
    "reactive_medical": "as an answer to a medical question",
    "internal": "inside the company",
}


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """A piece to draft. What is left out is decided by the kind."""

    product: str
    kind: str
    market: str
    language: str
    topic: str | None = None
    sources: tuple[str, ...] = ()
    engine: str = "extractive"
    audience: str = "hcp"
    qualification: str | None = None
    use: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request, checked: its product, and the sources that it may rest on, labels first."""

    product: Product
    kind: PieceKind
    market: str
    language: Language
    topic: str | None
    audience: str
    qualification: Qualification
    use: str
    channel: str
    sources: tuple[UsedSource, ...]


def resolve(
    connection: Connection,
    request: DraftRequest,
    today: date,
    kinds: Sequence[str] = DRAFTED,
    *,
    any_language: bool = False,
) -> Wanted:
    """Check the request against the world as it is on `today`. `any_language` takes sources of other languages too.

    Raises UnknownProduct, UnknownSource, ProductFrozen, InvalidInput, SourceNotUsable, NoEvidence.
    """
    product = find_product(connection, request.product)
    require_active(product)
    kind = cast("PieceKind", _one_of("kind", request.kind, kinds))
    language = cast("Language", _one_of("language", request.language, LANGUAGES))
    qualification = request.qualification or _QUALIFIED.get(kind, "promotional")
    _one_of("qualification", qualification, get_args(Qualification))
    wanted = Wanted(
        product=product,
        kind=kind,
        market=known_market(request.market),
        language=language,
        topic=(request.topic or "").strip() or None,
        audience=request.audience,
        qualification=cast("Qualification", qualification),
        use=_one_of("use", request.use or qualification, get_args(Qualification)),
        channel=request.channel or _CHANNELS[kind],
        sources=(),
    )
    usable = eligible_sources(connection, product.id, wanted.market, wanted.audience, wanted.use, today)
    if request.sources:
        usable = _named(connection, wanted, request.sources, usable, today)
    if not usable:
        raise _nothing_usable(connection, wanted, today)
    chosen = [s for s in usable if any_language or s.language == wanted.language]
    if not chosen:
        raise _other_language(wanted, usable)
    return _with_sources(wanted, chosen)


def _with_sources(wanted: Wanted, chosen: Sequence[Source]) -> Wanted:
    # Ids are drawn anew in each home, and files added together register in a racing order: neither may decide.
    ordered = sorted(chosen, key=lambda s: (weight_of(s.kind), s.title.casefold(), s.sha256))
    used = (
        UsedSource(s.id, s.title, s.kind, s.approval.approved_on if s.approval else None, s.display_right)
        for s in ordered
    )
    return replace(wanted, sources=tuple(used))


def _one_of(field: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise InvalidInput(
            f"{value!r} is no {field} that is known here.",
            help=f"Use one of: {', '.join(known)}.",
            field=field,
            value=value,
        )
    return value


def _named(
    connection: Connection, wanted: Wanted, ids: Sequence[str], usable: Sequence[Source], today: date
) -> list[Source]:
    by_id = {s.id: s for s in usable}
    for name in ids:
        found = load_source(connection, name)
        if found.product_id != wanted.product.id:
            raise SourceNotUsable(
                f"The source {found.title} belongs to {found.product}, not to {wanted.product.name}.",
                help="Name a source of this product, or register the file for it too.",
                source=found.id,
            )
        if name not in by_id:
            raise SourceNotUsable(
                f"The source {found.title} cannot be used: {why_not(found, wanted, today)}.",
                help="`ancrage source show` tells its approval, markets, audiences and uses.",
                source=found.id,
            )
        other = by_id[name]
        if other.language != wanted.language:
            raise _other_language(wanted, [other])
    return [by_id[name] for name in dict.fromkeys(ids)]


def why_not(found: Source, wanted: Wanted, today: date) -> str:
    """Why a source may not be used on that date, for that market, audience and use."""
    approved = found.approval
    status = found.status_on(today)
    early = approved is not None and approved.approved_on > today
    told = (
        (status == "withdrawn", f"it was withdrawn ({found.withdrawn_reason or 'no reason given'})"),
        (status == "superseded", "a newer version has replaced it"),
        (status == "pending" or approved is None, "it has no approval yet"),
        (status == "expired", f"its approval expired on {approved.expires_on if approved else ''}"),
        (early, f"its approval begins on {approved.approved_on if approved else ''}"),
        (found.indexed_at is None, "it is still being read"),
        (wanted.market not in found.markets, _only("for the market {}", wanted.market, found.markets)),
        (
            wanted.audience not in found.audiences,
            _only("for {}", wanted.audience, found.audiences, _READERS),
        ),
        (wanted.use not in found.uses, _only("{}", wanted.use, found.uses, _USES)),
    )
    return next((reason for holds, reason in told if holds), "it may not be used now")


def _only(scope: str, value: str, allowed: Collection[str], words: Mapping[str, str] | None = None) -> str:
    called = words or {}
    fits = ", ".join(called.get(one, one) for one in sorted(allowed))
    return f"it is not approved {scope.format(called.get(value, value))} (only {fits})"


def _nothing_usable(connection: Connection, wanted: Wanted, today: date) -> NoEvidence:
    known = load_sources(connection, source_table.c.product_id == wanted.product.id)
    reader, use = _READERS.get(wanted.audience, wanted.audience), _USES.get(wanted.use, wanted.use)
    where = f"in the market {wanted.market} for {reader}, {use}"
    if not known:
        return NoEvidence(
            f"{wanted.product.name} has no source yet.",
            help="Add one with `ancrage source add`.",
            product=wanted.product.name,
        )
    titles: dict[str, list[str]] = {}
    for source in known:
        titles.setdefault(why_not(source, wanted, today), []).append(source.title)
    first = "; ".join(_of_a_reason(reason, which) for reason, which in list(titles.items())[:5])
    return NoEvidence(
        f"No source of {wanted.product.name} may be used {where}: {first}.",
        help="Approve a source for this market, audience and use, or name another one.",
        product=wanted.product.name,
        reasons=[f"{title}: {reason}" for reason, which in titles.items() for title in which],
    )


def _of_a_reason(reason: str, titles: Sequence[str]) -> str:
    """The first source that it stops by name, and of the others how many they are."""
    more = len(titles) - 1
    return f"{titles[0]}: {reason}" + (f"; {more} more for the same reason" if more else "")


def _other_language(wanted: Wanted, usable: Sequence[Source]) -> NoEvidence:
    languages = sorted({s.language for s in usable})
    there = " and ".join(_NAMES.get(name, name) for name in languages)
    titles = "; ".join(s.title for s in usable[:3])
    return NoEvidence(
        f"The approved sources of {wanted.product.name} are in {there} only; nothing is drafted in "
        f"{_NAMES[wanted.language]} from them. There is: {titles}.",
        help=f"Register an approved {_NAMES[wanted.language]} source, or draft in {there}.",
        language=wanted.language,
        available=languages,
    )
