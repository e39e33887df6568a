"""Runs the rules of a market over a document."""

from collections.abc import Iterable, Mapping

from guardrails.checks import CHECKS, CheckOfRule
from guardrails.model import CheckContext, Document, Finding, Report, Verdict
from guardrails.packs import Rule, pack_of
from guardrails.unrun import did_not_run


def run(document: Document, context: CheckContext, checks: Mapping[str, CheckOfRule] | None = None) -> Report:
    """All findings of the market's rules at the context's stage, and the verdict on each segment.

    At `draft` the rules of submission are shown too; `Report.blocks()` counts what holds at the stage itself.
    A check that sees the whole piece at once and raises becomes one `needs_review` finding and leaves no statement at
    `pass`. One that goes segment by segment costs the segment that it raised on (`checks/each.py`).
    """
    known = CHECKS if checks is None else checks
    pack = pack_of(context.market)
    rules = [rule for rule in pack.rules if rule.runs_at(context.stage) and rule.concerns(document, context)]
    if context.stage == "turn":
        rules = [rule.for_turn() for rule in rules]
    findings: list[Finding] = []
    crashed = False
    for rule in rules:
        outcome = _outcome(rule, document, context, known)
        crashed = crashed or isinstance(outcome, Finding)
        findings += [outcome] if isinstance(outcome, Finding) else outcome
    return Report(
        findings=tuple(findings),
        verdicts=_verdicts(document, context, findings, crashed),
        pack_version=pack.version,
        rules=tuple(rule.id for rule in rules),
        stage=context.stage,
    )


def _outcome(
    rule: Rule, document: Document, context: CheckContext, known: Mapping[str, CheckOfRule]
) -> list[Finding] | Finding:
    """The rule's findings, or the one finding that says that it did not run."""
    try:
        return list(known[rule.check](rule, document, context))
    except Exception as error:  # noqa: BLE001  the edge: a crash of any kind must never look like a pass
        return did_not_run(rule, error)


def _verdicts(
    document: Document, context: CheckContext, findings: Iterable[Finding], crashed: bool
) -> dict[str, Verdict]:
    severities: dict[str, set[str]] = {}
    unread: set[str] = set()
    for finding in findings:
        if finding.evidence.get("did_not_run"):
            unread.add(finding.where)
        severities.setdefault(finding.where, set()).add(finding.severity)
    verdicts: dict[str, Verdict] = {}
    for segment in document.segments:
        if segment.kind == "token" and segment.id not in severities:
            continue
        found = severities.get(segment.id, set())
        vouched = segment.id in context.attested and segment.id not in unread
        doubted = "needs_review" in found and not vouched
        if "block" in found:
            verdicts[segment.id] = "block"
        else:
            verdicts[segment.id] = "needs_review" if doubted or crashed else "pass"
    return verdicts
