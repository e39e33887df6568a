"""Sources from their rows: everything known of one in four statements, however many there are."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from assistant.corpus.model import Approval, Source
from assistant.errors import UnknownSource
from assistant.store.schema import approval, product, source, source_reference, source_scope
from ingestion.bibliography.model import BibliographicReference, reference_from_json


def load_sources(connection: Connection, *conditions: ColumnElement[bool]) -> list[Source]:
    """The sources that meet the conditions (on the tables source and product), in order of registration."""
    rows = connection.execute(
        select(source, product.c.name.label("product"))
        .join(product, product.c.id == source.c.product_id)
        .where(*conditions)
        .order_by(source.c.registered_at, source.c.id)
    ).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    scopes = _scopes(connection, ids)
    approvals = _approvals(connection, ids)
    confirmed = _confirmed(connection, ids)
    return [_source(row, scopes[row.id], approvals.get(row.id), confirmed.get(row.id)) for row in rows]


def load_source(connection: Connection, source_id: str) -> Source:
    """One source. Raises UnknownSource."""
    found = load_sources(connection, source.c.id == source_id)
    if not found:
        raise UnknownSource(
            f"There is no source {source_id}.",
            help="See the sources with `ancrage source list`.",
            source=source_id,
        )
    return found[0]


def _scopes(connection: Connection, ids: list[str]) -> dict[str, dict[str, set[str]]]:
    scopes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in connection.execute(select(source_scope).where(source_scope.c.source_id.in_(ids))):
        scopes[row.source_id][row.scope].add(row.value)
    return scopes


def _approvals(connection: Connection, ids: list[str]) -> dict[str, Approval]:
    """The last recorded of each."""
    rows = connection.execute(
        select(approval)
        .where(approval.c.source_id.in_(ids))
        .order_by(approval.c.recorded_at, approval.c.expires_on, approval.c.id)
    )
    return {
        row.source_id: Approval(
            row.reference, row.approved_on, row.expires_on, row.recorded_by, row.recorded_at
        )
        for row in rows
    }


def _confirmed(connection: Connection, ids: list[str]) -> dict[str, BibliographicReference]:
    rows = connection.execute(select(source_reference).where(source_reference.c.source_id.in_(ids)))
    return {row.source_id: reference_from_json(row.fields) for row in rows}


def _source(
    row: Any,
    scopes: dict[str, set[str]],
    approved: Approval | None,
    bibliography: BibliographicReference | None,
) -> Source:
    return Source(
        id=row.id,
        product_id=row.product_id,
        product=row.product,
        sha256=row.sha256,
        reading_id=row.reading_id,
        title=row.title,
        kind=row.kind,
        language=row.language,
        file_name=row.file_name,
        status=row.status,
        cite_notes=row.cite_notes,
        cite_questions=row.cite_questions,
        deck=row.deck,
        excluded_pages=frozenset(row.excluded_pages),
        excluded_times=tuple((start, end) for start, end in row.excluded_times),
        display_right=row.display_right,
        reference=row.reference,
        bibliography=bibliography,
        replaces=row.replaces,
        replaced_by=row.replaced_by,
        withdrawn_reason=row.withdrawn_reason,
        registered_by=row.registered_by,
        registered_at=row.registered_at,
        indexed_at=row.indexed_at,
        markets=frozenset(scopes["market"]),
        audiences=frozenset(scopes["audience"]),
        uses=frozenset(scopes["use"]),
        approval=approved,
    )
