"""Writes docs/checks: a page a check, with examples that are run when the page is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from eval.judged import passage_of
from guardrails.checks import CHECKS
from guardrails.citations import cite
from guardrails.model import (
    CheckContext,
    Document,
    Evidence,
    Finding,
    Language,
    RowHeader,
    Segment,
    SourceFacts,
)
from guardrails.packs import Rule, pack_of
from guardrails.runner import run

_HERE = Path(__file__).parent
PAGES = _HERE.parent / "docs" / "checks"
_MARKETS = ("FR", "EU", "UK", "US")
_TODAY = date(2026, 11, 26)
_SHEET: Mapping[str, Any] = {
    "brand": "Velmora", "inn": {"en": "cardorelone", "fr": "cardorélone"}, "holder": "Laboratoires Aubrac", "cis": "69999991",
    "prescribing_class": {"FR": {"fr": "Liste I.", "en": "List I."}}, "reimbursement": {"FR": {"fr": "Remboursé à 65 %."}},
    "public_page": {"FR": "https://example.org/69999991"}, "marketing_dates": {"FR": "2025-03-10"}, "status": "active",
}  # fmt: skip
_SHOWN = 300
"""Characters of an example's text."""
_SETS = frozenset({"markets", "audiences", "uses", "roles"})


def examples() -> Mapping[str, Mapping[str, Any]]:
    """By check: what it catches, what it lets stand, what it cannot see, and what it misses of that."""
    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        (_HERE / "check_examples.yaml").read_text("utf-8")
    )
    return loaded


def findings_of(check: str, example: Mapping[str, Any]) -> list[Finding]:
    """What the rules of this check find in the example; its rules must run there."""
    document, context = _built(example)
    rules = {rule.id for rule in pack_of(context.market).rules if rule.check == check}
    report = run(document, context)
    if not rules & set(report.rules):
        raise ValueError(f"no rule of {check} runs on {example}")
    return [
        finding
        for finding in report.findings
        if finding.rule in rules and (finding.severity != "needs_review" or check != "wording_agrees")
    ]


def page_of(check: str) -> str:
    """The page of a check, in Markdown."""
    entry = examples()[check]
    summary = " ".join((CHECKS[check].__doc__ or "").split("\n\n")[0].split())
    lines = [
        f"# {check.replace('_', ' ').capitalize()}",
        "",
        summary,
        "",
        *_rules_table(check),
        "",
        "## What it catches",
        "",
    ]
    for example in entry["catches"]:
        lines += [*_told(example), *_said(findings_of(check, example)), ""]
    lines += ["## What it lets stand", ""]
    for example in entry["lets_stand"]:
        lines += [*_told(example), ""]
    lines += ["## What it cannot see", "", entry["cannot"], ""]
    if entry.get("misses"):
        lines += ["It does not catch these, for instance, though they are wrong:", ""]
    for example in entry.get("misses", ()):
        lines += [*_told(example), ""]
    return "\n".join(lines)


def write_pages() -> None:
    """Write every page and their index."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for check in CHECKS:
        (PAGES / f"{check}.md").write_text(page_of(check), "utf-8")
    (PAGES / "README.md").write_text(index(), "utf-8")


def index() -> str:
    """The list of the checks with their rules."""
    lines = [
        "# The checks",
        "",
        "Made by `python -m eval.check_pages`; every example is run when its page is made.",
        "",
    ]
    lines += ["| check | rules | what it does |", "|---|---|---|"]
    for check, function in CHECKS.items():
        first = " ".join((function.__doc__ or "").split("\n\n")[0].split())
        ids = ", ".join(dict.fromkeys(rule.id for _, rule in _rules(check)))
        lines.append(f"| [{check}]({check}.md) | {ids} | {first} |")
    return "\n".join([*lines, "", *_held_elsewhere(), ""])


def _held_elsewhere() -> Iterator[str]:
    """The rules that no text can keep or break: what holds them, and which only the house's own procedures can."""
    yield "## Rules that no check of a text holds"
    yield ""
    yield "A text can neither keep nor break these. What holds them instead:"
    yield ""
    yield from ("| rules | what they ask | what holds them |", "|---|---|---|")
    rows: list[dict[str, str]] = yaml.safe_load((_HERE / "held_elsewhere.yaml").read_text("utf-8"))
    yield from (f"| {row['rules']} | {row['asks']} | {row['held']} |" for row in rows)


def _rules(check: str) -> Iterator[tuple[str, Rule]]:
    for market in _MARKETS:
        for rule in pack_of(market).rules:
            if rule.check == check:
                yield market, rule


def _rules_table(check: str) -> list[str]:
    markets: dict[str, list[str]] = {}
    rules: dict[str, Rule] = {}
    for market, rule in _rules(check):
        markets.setdefault(rule.id, []).append(market)
        rules[rule.id] = rule
    rows = [
        "| rule | title | markets | severity | from stage | may be overridden | source |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, rule in rules.items():
        may = "yes, by two reviewers" if rule.overridable else "no"
        rows.append(
            f"| {name} | {rule.titles['en']} | {', '.join(markets[name])} | {rule.severity} | "
            f"{', '.join(rule.stages)} | {may} | {rule.source} |"
        )
    return rows


def _told(example: Mapping[str, Any]) -> Iterator[str]:
    for given in _segments(example):
        yield f"- {given['kind']} ({given['role']}): “{_short(given['text'])}”"
        for quote in _quotes(given):
            yield f"  - quoting: “{quote}”"
        if "row" in given:
            yield f"  - a row of a table: “{given['row']}”"
    for name in ("heading", "before", "after", "cited", "source", "context"):
        if name in example:
            yield f"  - {name}: `{example[name]}`"


def _said(found: Sequence[Finding]) -> Iterator[str]:
    for finding in {(f.rule, f.severity, f.message("en")): f for f in found}.values():
        yield f"  - **{finding.rule}, {finding.severity}**: {finding.message('en')}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …, {len(text)} characters in all"


def _segments(example: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "segments" in example:
        return [dict(given) for given in example["segments"]]
    return [
        {
            **example,
            "kind": "statement",
            "role": "key_point",
            "text": " ".join([example["say"]] * example.get("times", 1)),
        }
    ]


def _quotes(given: Mapping[str, Any]) -> list[str]:
    return list(given.get("quotes", [given["quote"]] if "quote" in given else []))


def _built(example: Mapping[str, Any]) -> tuple[Document, CheckContext]:
    language: Language = example.get("language", "en")
    source = _source(language, example.get("source", {}))
    evidence: list[Evidence] = []
    segments: list[Segment] = []
    for number, given in enumerate(_segments(example), start=1):
        quotes = _quotes(given)
        before, after = example.get("before", []), example.get("after", [])
        around = [*before, *quotes, *after]
        found = passage_of(f"p{number}", around, source, example.get("heading", "")) if quotes else None
        own = found.sentences[len(before) : len(around) - len(after)] if found else ()
        own = tuple(own[number] for number in example.get("cited", range(len(own))))
        citations = tuple(cite(found, unit.start, unit.end) for unit in own) if found else ()
        if found and "changed_quote" in given:
            citations = tuple(replace(citation, quote=given["changed_quote"]) for citation in citations)
        if "row" in given:
            citations = tuple(replace(c, header=RowHeader((), (given["row"],))) for c in citations)
        evidence += [found] if found else []
        segments.append(
            Segment(
                f"s{number}",
                given["kind"],
                given["role"],
                given["text"],
                language,
                group=given.get("group", ""),
                citations=citations,
                fragment=given.get("fragment"),
            )
        )
    document = Document(example.get("kind", "key-moments"), language, "", tuple(segments))
    made = CheckContext(
        _TODAY,
        "submit",
        "EU",
        language,
        "hcp",
        "promotional",
        _SHEET,
        tuple(evidence),
        {"s1": source},
        channel="email",
    )
    return document, replace(made, **_changes(example.get("context", {})))


def _changes(given: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {
        name: frozenset(value) if name in _SETS else value for name, value in given.items()
    }
    if "product" in changes:
        changes["product"] = {**_SHEET, **changes["product"]}
    return changes


def _source(language: Language, given: Mapping[str, Any]) -> SourceFacts:
    every: dict[str, Any] = {
        "id": "s1", "title": "Velmora label", "kind": "label", "language": language, "status": "approved",
        "markets": _MARKETS, "audiences": ("hcp",), "uses": ("promotional", "reactive_medical", "internal"),
        "expires_on": date(2028, 1, 1), **given,
    }  # fmt: skip
    known = {field.name for field in fields(SourceFacts)}
    values: dict[str, Any] = {n: frozenset(v) if n in _SETS else v for n, v in every.items() if n in known}
    return SourceFacts(**values)


if __name__ == "__main__":
    write_pages()
