"""Every table. Instants are UTC (`Instant`), civil dates are `Date`, JSON is stored as JSON.

Rows that a signature or the audit rests on are never updated: originals, readings, revisions, renditions,
manifests, decisions, signatures and audit entries.
"""

from assistant.store.schema.audit import audit_entry, note
from assistant.store.schema.chat import case, conversation, turn
from assistant.store.schema.claims import approved_claim
from assistant.store.schema.content import citation, finding, manifest, piece, rendition, revision, segment
from assistant.store.schema.corpus import (
    abbreviation,
    approval,
    original,
    page,
    passage,
    posting,
    product,
    reading,
    reminder,
    sentence,
    source,
    source_reference,
    source_scope,
    vector,
)
from assistant.store.schema.notices import delivery, notice, notice_choice
from assistant.store.schema.people import api_token, session, user
from assistant.store.schema.publishing import (
    confirmation,
    confirmation_signature,
    deposit_calendar,
    publication,
    publication_use,
    recall,
    release_record,
)
from assistant.store.schema.review import (
    attestation,
    comment,
    decision,
    override,
    policy_adoption,
    review_policy,
    review_round,
    saved_filter,
    signature,
    statement_seen,
    task,
    task_word,
)
from assistant.store.schema.tables import metadata
from assistant.store.schema.work import executor, job, job_step, setting

__all__ = [
    "abbreviation",
    "api_token",
    "approval",
    "approved_claim",
    "attestation",
    "audit_entry",
    "case",
    "citation",
    "comment",
    "confirmation",
    "confirmation_signature",
    "conversation",
    "decision",
    "delivery",
    "deposit_calendar",
    "executor",
    "finding",
    "job",
    "job_step",
    "manifest",
    "metadata",
    "note",
    "notice",
    "notice_choice",
    "original",
    "override",
    "page",
    "passage",
    "piece",
    "policy_adoption",
    "posting",
    "product",
    "publication",
    "publication_use",
    "reading",
    "recall",
    "release_record",
    "reminder",
    "rendition",
    "review_policy",
    "review_round",
    "revision",
    "saved_filter",
    "segment",
    "sentence",
    "session",
    "setting",
    "signature",
    "source",
    "source_reference",
    "source_scope",
    "statement_seen",
    "task",
    "task_word",
    "turn",
    "user",
    "vector",
]
