"""The embedded engine: it writes with the sources' own sentences. Deterministic, no model, no network."""

from collections.abc import Sequence
from itertools import groupby

from assistant.engines.protocol import Proposal, ProposedStatement, Task
from assistant.engines.scoring import Candidate, candidates
from assistant.engines.selection import Plan, Size, choose, plan_for
from assistant.engines.units import summary_of_characteristics, units_of
from guardrails.model import Evidence

SELECTION_VERSION = "extractive-1"
"""Changes whenever the same evidence would give other sentences."""


class ExtractiveEngine:
    """Selects whole sentences, bullets and lists, word for word."""

    name = "extractive"
    model = SELECTION_VERSION

    def propose(self, task: Task, evidence: Sequence[Evidence]) -> Proposal:
        """Select for the task's kind; the same evidence in the same order gives the same proposal."""
        pool = self.pool(task, evidence)
        return Proposal(tuple(_statement(c) for c in self.key_moments(pool)))

    @staticmethod
    def pool(task: Task, evidence: Sequence[Evidence]) -> list[Candidate]:
        """Everything that could be quoted, scored."""
        narrowed: list[Evidence] = []
        for kind, group in groupby(evidence, key=lambda item: (item.source, item.source_kind)):
            items = list(group)
            narrowed += summary_of_characteristics(items) if kind[1] == "label" else items
        return candidates(units_of(narrowed), task)

    @staticmethod
    def key_moments(pool: Sequence[Candidate]) -> list[Candidate]:
        sources = list(dict.fromkeys(c.unit.source for c in pool))
        most = {1: 9, 2: 7, 3: 6}.get(len(sources), 5)
        chosen: list[Candidate] = []
        for source in sources:
            own = [c for c in pool if c.unit.source == source]
            plan: Plan = plan_for(own[0].unit.source_kind)
            chosen += choose(own, plan, Size(min(5, most), most), chosen)
        return chosen


def _statement(candidate: Candidate) -> ProposedStatement:
    unit = candidate.unit
    return ProposedStatement(candidate.role, unit.text, unit.quotes, unit.heading)
