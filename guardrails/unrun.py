"""What is said of a check that raised: it must never look like a pass, nor be lost on those who can mend it."""

import logging
from collections.abc import Mapping

from guardrails.model import Finding, Severity
from guardrails.packs import Rule

_log = logging.getLogger(__name__)
_NOWHERE = {
    "en": "Rule {rule} ({title}) did not run ({error}), and nothing is known of what it looks for. The piece is held until it runs: "
    "check it again, and if this comes back, tell whoever runs Ancrage; its log has the error under this rule.",
    "fr": "La règle {rule} ({title}) ne s'est pas exécutée ({error}) : on ne sait rien de ce qu'elle cherche. Le contenu est retenu "
    "jusqu'à ce qu'elle s'exécute : relancez le contrôle et, si cela revient, prévenez la personne qui gère Ancrage ; l'erreur est "
    "dans son journal, sous cette règle.",
}
_NOT_HERE = {
    "en": "Rule {rule} ({title}) could not read this text ({error}) and knows nothing of it. Write it in another way; if that does "
    "not help, tell whoever runs Ancrage: its log has the error under this rule.",
    "fr": "La règle {rule} ({title}) n'a pas pu lire ce texte ({error}) et n'en sait rien. Écrivez-le autrement ; si cela n'aide pas, "
    "prévenez la personne qui gère Ancrage : l'erreur est dans son journal, sous cette règle.",
}


def did_not_run(rule: Rule, error: Exception) -> Finding:
    """The one finding of a check that ran nowhere."""
    return _finding(rule, "piece", "needs_review", _NOWHERE, error)


def could_not_read(rule: Rule, where: str, error: Exception) -> Finding:
    """The finding at the one segment that a check raised on: it blocks where the rule does, and never only warns."""
    return _finding(rule, where, "block" if rule.severity == "block" else "needs_review", _NOT_HERE, error)


def _finding(
    rule: Rule, where: str, severity: Severity, texts: Mapping[str, str], error: Exception
) -> Finding:
    name = type(error).__name__
    _log.error("Rule %s (check %s) did not run on %s", rule.id, rule.check, where, exc_info=error)
    return Finding(
        rule=rule.id,
        severity=severity,
        where=where,
        messages={
            language: text.format(
                rule=rule.id, title=rule.titles.get(language) or rule.titles["en"], error=name
            )
            for language, text in texts.items()
        },
        evidence={"did_not_run": True, "check": rule.check, "error": name, "detail": _shown(error)},
        stage=rule.stages[0],
        overridable=rule.overridable,
        source=rule.source,
    )


def _shown(error: Exception) -> str:
    """The error's own words, as far as they can be kept: half a character (a surrogate) fits in no database."""
    return str(error)[:500].encode("utf-8", "replace").decode("utf-8")
