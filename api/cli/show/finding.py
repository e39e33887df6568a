"""Passages and answers, for a person to read."""

from typing import Any

from api.cli.show.layout import place, wrapped
from api.cli.show.pieces import statement_lines

_LANGUAGES = {"fr": "in French", "en": "in English"}
_AROUND = {
    "lead_in": "under",
    "table_head": "columns",
    "before": "before it",
    "after": "after it",
}


def hits_text(document: dict[str, Any]) -> str:
    """Passages, each with where it stands and what is around it."""
    lines = []
    for number, hit in enumerate(document["hits"], 1):
        scores = "  ".join(f"{name} {value:.3f}" for name, value in hit["scores"].items())
        other = f"   ({_LANGUAGES[hit['language']]})" if hit["cross_language"] else ""
        lines.append(f"{number}. {hit['title']}, {place(hit)}{other}   [{scores}]")
        above = [one for one in hit["context"] if one["role"] != "after"]
        lines += [wrapped(f"({_AROUND[one['role']]}) {one['text']}", "     ") for one in above]
        lines.append(wrapped(hit["text"], "   "))
        below = [one for one in hit["context"] if one["role"] == "after"]
        lines += [wrapped(f"({_AROUND[one['role']]}) {one['text']}", "     ") for one in below]
        lines.append("")
    for term, writings in document["widened"].items():
        lines.append(f"{term}: also looked for as {', '.join(writings)}")
    if document["reranking"] not in {None, "done"}:
        lines.append(f"Not ordered anew by the model: {document['reranking']}.")
    lines.append(_searched(document))
    return "\n".join(lines)


def _searched(document: dict[str, Any]) -> str:
    """How much was found with which models, or why nothing could be looked through."""
    held_in = document["held_in"]
    if held_in:
        named = " and ".join(_LANGUAGES[language] for language in held_in)
        return f"No source was searched: what may be used here is {named}. Leave --language out."
    if held_in is not None:
        return "No source was searched: none may be used here. `ancrage source list` shows why."
    models = "both models" if document["tier"] == "better" else "the fast model; the better one is not ready"
    return f"{len(document['hits'])} passages in {document['ms']} ms, with {models}"


def answer_text(document: dict[str, Any]) -> str:
    """An answer with its quotes, or why there is none."""
    lines = [document["message"]] if document.get("message") else []
    for statement in document.get("statements", ()):
        lines += statement_lines(statement)
    lines += [f"  {one['title']}, {place(one)}" for one in document.get("nearest", ())]
    if document.get("case"):
        lines.append(f"Case {document['case']['id']} ({document['case']['kind']}) was opened.")
    return "\n".join(lines) or document["status"]
