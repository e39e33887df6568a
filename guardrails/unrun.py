"""What is said of a check that raised: it must never look like a pass."""

from collections.abc import Mapping

from guardrails.model import Finding, Severity
from guardrails.packs import Rule

_NOWHERE = {
    "en": "This check did not run ({error}). Nothing is known of what it looks for: a reviewer must look.",
    "fr": "Ce contrôle ne s'est pas exécuté ({error}). On ne sait rien de ce qu'il cherche : un relecteur doit regarder.",
}
_NOT_HERE = {
    "en": "This check could not read this text ({error}) and knows nothing of it. Write it in another way.",
    "fr": "Ce contrôle n'a pas pu lire ce texte ({error}) et n'en sait rien. Écrivez-le autrement.",
}


def did_not_run(rule: Rule, error: Exception) -> Finding:
    """The one finding of a check that ran nowhere."""
    return _finding(rule, "piece", "needs_review", _NOWHERE, error)


def could_not_read(rule: Rule, where: str, error: Exception) -> Finding:
    """The finding at the one segment that a check raised on: as grave as the rule itself."""
    return _finding(rule, where, rule.severity, _NOT_HERE, error)


def _finding(
    rule: Rule, where: str, severity: Severity, texts: Mapping[str, str], error: Exception
) -> Finding:
    name = type(error).__name__
    return Finding(
        rule=rule.id,
        severity=severity,
        where=where,
        messages={language: text.format(error=name) for language, text in texts.items()},
        evidence={"did_not_run": True, "check": rule.check, "error": name, "detail": str(error)},
        stage=rule.stages[0],
        overridable=rule.overridable,
        source=rule.source,
    )
