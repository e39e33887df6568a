"""Rules as data: which rules hold in which market, at which stage, and how they speak."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from guardrails.model import CheckContext, Document, Finding, Severity, Stage, holds_at
from guardrails.tables import HERE, table

_PACKS_OF_MARKET: Mapping[str, tuple[str, ...]] = {
    "FR": ("common", "eu", "fr"),
    "EU": ("common", "eu"),
    "US": ("common", "us"),
    "UK": ("common", "uk"),
    "GB": ("common", "uk"),
}
_WORD_LISTS = (
    "lexicon.yaml",
    "endpoints.yaml",
    "indications.yaml",
    "wording.yaml",
    "facts.yaml",
    "names.yaml",
    "relations.yaml",
    "risks.yaml",
    "surroundings.yaml",
    "torn.yaml",
    "numbers/units.yaml",
)
"""Data that decides what rules find: part of a pack's version."""
_CODED = frozenset({"wanted", "allowed", "audience", "status", "language", "field"})
"""What a message names by a code: people read its word (`codes.yaml`), and the evidence keeps the code."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue: what is checked, where and when it holds, how bad it is, and what it says."""

    id: str
    titles: Mapping[str, str]
    check: str
    """Name of the check in `checks.CHECKS`."""
    params: Mapping[str, Any]
    stages: tuple[Stage, ...]
    """The stage from which it holds for pieces, then "turn" if it also holds for chat answers."""
    kinds: frozenset[str]
    """Of pieces; empty: all."""
    qualifications: frozenset[str]
    """Empty: all."""
    severity: Severity
    overridable: bool
    source: str
    """Legal source with the catalogue's mark: S read in the source, s second-hand, D brief, K unchecked, P ours."""
    messages: Mapping[str, Mapping[str, str]]
    """Templates by variant and language; the usual variant is "found"."""

    def concerns(self, document: Document, context: CheckContext) -> bool:
        """Whether it speaks about such a piece at all."""
        kind = not self.kinds or document.kind in self.kinds
        return kind and (not self.qualifications or context.qualification in self.qualifications)

    def runs_at(self, stage: Stage) -> bool:
        """Whether it is run at a stage: from its own on; rules of submission are shown to the writer at draft."""
        if stage == "turn":
            return "turn" in self.stages
        first = self.stages[0]
        return first != "turn" and holds_at(first, "submit" if stage == "draft" else stage)

    def for_turn(self) -> "Rule":
        """The same rule, holding at a chat's turn."""
        return replace(self, stages=("turn",))

    def finding(
        self, where: str, variant: str = "found", severity: Severity | None = None, **evidence: object
    ) -> Finding:
        """A finding of this rule. `evidence` (plain JSON) fills the template. Raises KeyError for an unknown variant."""
        messages = {
            lang: text.format_map({key: _shown(key, value, lang) for key, value in evidence.items()})
            for lang, text in self.messages[variant].items()
        }
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            where=where,
            messages=messages,
            evidence=evidence,
            stage=self.stages[0],
            overridable=self.overridable,
            source=self.source,
        )


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of a market and the version of the data they came from."""

    market: str
    rules: tuple[Rule, ...]
    version: str

    def rule(self, rule_id: str) -> Rule:
        """The rule with that id. Raises KeyError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


def title_of(rule_id: str, language: str) -> str | None:
    """What the rule is called, in whichever pack it stands; None for one that no pack holds any more."""
    for market in ("", *_PACKS_OF_MARKET):
        for rule in pack_of(market).rules:
            if rule.id == rule_id:
                return rule.titles.get(language) or rule.titles["en"]
    return None


@cache
def pack_of(market: str) -> Pack:
    """The rules in force in a market: FR = common + eu + fr, any market without a pack of its own = common.

    A rule of a later pack replaces one of the same id. The version is the sha256 over the packs' bytes.
    """
    names = _PACKS_OF_MARKET.get(market.upper(), ("common",))
    rules: dict[str, Rule] = {}
    for name in names:
        for entry in table(f"packs/{name}.yaml")["rules"]:
            rules[str(entry["id"])] = _rule(entry)
    files = [*(f"packs/{name}.yaml" for name in names), *_WORD_LISTS]
    digest = hashlib.sha256(b"\x00".join((HERE / file).read_bytes() for file in files))
    return Pack(market, tuple(rules.values()), digest.hexdigest())


def _rule(entry: Mapping[str, Any]) -> Rule:
    stages = entry["stage"]
    return Rule(
        id=str(entry["id"]),
        titles=entry["title"],
        check=entry["check"],
        params=entry.get("params", {}),
        stages=tuple(cast("list[Stage]", stages if isinstance(stages, list) else [stages])),
        kinds=frozenset(entry.get("kinds", ())),
        qualifications=frozenset(entry.get("qualifications", ())),
        severity=entry.get("severity", "block"),
        overridable=entry.get("overridable", True),
        source=entry["source"],
        messages=entry["messages"],
    )


def _shown(key: str, value: object, language: str) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_shown(key, item, language) for item in value)
    told = table("codes.yaml").get(str(value)) if key in _CODED else None
    return str(told[language]) if told else str(value)
