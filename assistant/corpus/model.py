"""The vocabulary of sources: what is asked for, and what is known of one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from assistant.store.clock import civil_date
from ingestion.bibliography.model import BibliographicReference
from ingestion.model import layers_left_out

KINDS = ("label", "paper", "deck", "transcript", "claims", "guideline", "opinion")
USES = ("promotional", "reactive_medical", "internal")
LANGUAGES = ("fr", "en")
RIGHTS = ("reference_only", "in_house", "page_picture", "handout")
"""What may be shown of a source outside the company, from the narrowest to the widest: see `corpus.rights`."""
AUDIENCE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""What an audience may be called: hcp, pharmacist, …"""


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """An approval to record: both dates inclusive, in the market's time zone."""

    reference: str
    approved_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """A file to register for a product, and what it may be used for."""

    product: str
    """Its name; an unknown one is registered."""
    kind: str
    markets: tuple[str, ...]
    language: str | None = None
    """As detected in the file where it is not given."""
    audiences: tuple[str, ...] = ("hcp",)
    uses: tuple[str, ...] = USES
    title: str | None = None
    approval: ApprovalRequest | None = None
    """Without one nothing in the source is retrievable."""
    replaces: str | None = None
    """The source that becomes superseded when this one is approved."""
    cite_notes: bool = False
    cite_questions: bool = False
    """The approval covers a recording's live questions and answers."""
    deck: str | None = None
    """The deck that a recording speaks to."""
    excluded_pages: tuple[int, ...] = ()
    excluded_times: tuple[tuple[float, float], ...] = ()
    """Stretches of a recording, in seconds: every turn that touches one is left out."""
    display_right: str = "in_house"
    reference: str | None = None
    """Bibliographic reference, Vancouver form."""


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval that counts: the last one recorded."""

    reference: str
    approved_on: date
    expires_on: date
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """One version of a document, for one product."""

    id: str
    product_id: str
    product: str
    """The product's name."""
    sha256: str
    reading_id: str
    title: str
    kind: str
    language: str
    file_name: str
    status: str
    """pending, approved, superseded or withdrawn, as recorded; expiry is computed, see `status_on`."""
    cite_notes: bool
    cite_questions: bool
    excluded_pages: frozenset[int]
    excluded_times: tuple[tuple[float, float], ...]
    """Stretches of a transcript, in seconds, that the approval leaves out; their turns are among the pages."""
    display_right: str
    """What may be shown of it outside the company: see `corpus.rights`."""
    reference: str
    bibliography: BibliographicReference | None
    """Its reference by fields, once a person has confirmed it."""
    replaces: str | None
    replaced_by: str | None
    withdrawn_reason: str | None
    registered_by: str
    registered_at: datetime
    indexed_at: datetime | None
    markets: frozenset[str]
    audiences: frozenset[str]
    uses: frozenset[str]
    approval: Approval | None
    deck: Mapping[str, Any] | None = field(default=None, hash=False)
    """Of a recording: the deck's source, whether it is only proposed, and the slide of each turn."""
    already_known: bool = field(default=False, compare=False)
    """These bytes were registered for this product before; nothing was changed."""

    @property
    def layers_left_out(self) -> frozenset[str]:
        """The layers of its reading that the approval does not cover."""
        return layers_left_out(cite_notes=self.cite_notes, cite_questions=self.cite_questions)

    def status_on(self, today: date) -> str:
        """The status on a civil date: "expired" where it is approved but past its date."""
        if self.status == "approved" and (self.approval is None or today > self.approval.expires_on):
            return "expired"
        return self.status

    def status_at(self, now: datetime) -> str:
        """The status at an instant: expired once its last market's wall says so."""
        return self.status_on(min(civil_date(now, market) for market in self.markets or {"EU"}))
