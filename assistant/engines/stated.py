"""What was chosen, as statements; and whose word counts where a label is among the sources."""

from collections.abc import Sequence

from assistant.engines.protocol import ProposedStatement, Role
from assistant.engines.scoring import Candidate

_GOVERNED: frozenset[Role] = frozenset(
    {
        "indication",
        "dose",
        "contraindication",
        "warning",
        "adverse_reaction",
        "interaction",
        "special_population",
    }
)


def governed(pool: Sequence[Candidate]) -> list[Candidate]:
    """Where a label is among the sources, it alone speaks of use and safety: rule GR9."""
    told = {c.role for c in pool if c.unit.source_kind == "label"} & _GOVERNED
    return [c for c in pool if c.unit.source_kind == "label" or c.role not in told]


def statement(candidate: Candidate) -> ProposedStatement:
    """The candidate as a statement that quotes itself."""
    unit = candidate.unit
    return ProposedStatement(candidate.role, unit.text, unit.quotes, unit.heading)
