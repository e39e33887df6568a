"""A command's document, for a person to read."""

import textwrap
from collections.abc import Callable
from typing import Any

from api.cli import show_release
from api.cli.io import Io

WIDTH = 100
WIDEST_CELL = 64


def show(document: dict[str, Any], io: Io) -> None:
    """Print what a person wants to see of the document: each known key has its own view."""
    for key, view in VIEWS.items():
        if key in document:
            io.out.write(view(document).rstrip() + "\n")
            if document.get("warning"):
                io.say(str(document["warning"]))
            return
    io.json(document)


def place(citation: dict[str, Any]) -> str:
    """Say where a quote stands: "page 5", "slide 12", "00:12:40"."""
    locator = citation.get("locator", {})
    if locator.get("page"):
        where = f"page {locator['page']}"
    elif locator.get("slide"):
        where = f"slide {locator['slide']}"
    elif locator.get("start") is not None:
        where = clock_time(float(locator["start"]))
    else:
        where = ""
    section = locator.get("section") or ""
    return ", ".join(part for part in (where, section) if part)


def clock_time(seconds: float) -> str:
    """Write seconds as 00:12:40."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"


def _wrapped(text: str, indent: str = "  ") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _table(rows: list[dict[str, Any]], columns: dict[str, str], empty: str) -> str:
    if not rows:
        return empty
    cells = [[_clipped(row.get(key)) for key in columns] for row in rows]
    widths = [max(len(title), *(len(row[i]) for row in cells)) for i, title in enumerate(columns.values())]
    lines = ["  ".join(title.ljust(width) for title, width in zip(columns.values(), widths, strict=True))]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(line.rstrip() for line in lines)


def _clipped(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= WIDEST_CELL else text[: WIDEST_CELL - 1] + "…"


_SOURCE = {
    "id": "SOURCE", "title": "TITLE", "kind": "KIND", "language": "LANG",
    "status": "STATUS", "expires_on": "EXPIRES", "pages": "PAGES", "passages": "PASSAGES",
}  # fmt: skip

_COUNTS = "{files} files: {added} added, {already_known} known already, {refused} refused, {skipped} skipped."


def _sources(document: dict[str, Any]) -> str:
    lines = []
    if document.get("recalled"):
        lines.append("Stopped at once:")
        lines += [f"  {item['piece']}  {item['reason']}" for item in document["recalled"]]
    lines.append(_table(document["sources"], _SOURCE, "No sources. Add one with: ancrage source add FILE …"))
    lines += [f"Refused {item['file']}: {item['error']['message']}" for item in document.get("refused", ())]
    lines += [f"Skipped {item['file']}: {item['reason']}" for item in document.get("skipped", ())]
    if "counts" in document:
        lines.append(_COUNTS.format(**document["counts"]))
    return "\n".join(lines)


def _source(document: dict[str, Any]) -> str:
    source = document["source"]
    known = " (already known: nothing was changed)" if source.get("already_known") else ""
    size = f"{source['pages']} pages, {source['passages']} passages"
    lines = [f"{source['title']}: {source['status']}{known}", f"  {source['id']}, {size}"]
    quality = source["pages_by_quality"]
    if quality["doubtful"] or quality["unreadable"]:
        lines.append(f"  {quality['doubtful']} doubtful and {quality['unreadable']} unreadable pages")
    lines += [f"  note: {warning}" for warning in source.get("warnings", ())]
    for page in source.get("text", ()):
        lines += [f"--- {page['number']} ({page['quality']})", page["text"]]
    return "\n".join(lines)


def _reference(document: dict[str, Any]) -> str:
    reference = document["reference"]
    lines = [f"{reference['title']}: reference {reference['status']}", f"  {reference['vancouver']}"]
    lines += [f"  {name}: {value}" for name, value in reference["fields"].items()]
    if reference["missing"]:
        lines.append(f"  missing: {', '.join(reference['missing'])}")
    if reference["status"] != "confirmed":
        lines.append(f"Confirm it with: ancrage source reference {reference['source']} --confirm")
    return "\n".join(lines)


_LANGUAGES = {"fr": "in French", "en": "in English"}
_AROUND = {
    "lead_in": "under",
    "table_head": "columns",
    "before": "before it",
    "after": "after it",
}


def _hits(document: dict[str, Any]) -> str:
    lines = []
    for number, hit in enumerate(document["hits"], 1):
        scores = "  ".join(f"{name} {value:.3f}" for name, value in hit["scores"].items())
        other = f"   ({_LANGUAGES[hit['language']]})" if hit["cross_language"] else ""
        lines.append(f"{number}. {hit['title']}, {place(hit)}{other}   [{scores}]")
        above = [one for one in hit["context"] if one["role"] != "after"]
        lines += [_wrapped(f"({_AROUND[one['role']]}) {one['text']}", "     ") for one in above]
        lines.append(_wrapped(hit["text"], "   "))
        below = [one for one in hit["context"] if one["role"] == "after"]
        lines += [_wrapped(f"({_AROUND[one['role']]}) {one['text']}", "     ") for one in below]
        lines.append("")
    for term, writings in document["widened"].items():
        lines.append(f"{term}: also looked for as {', '.join(writings)}")
    if document["reranking"] not in {None, "done"}:
        lines.append(f"Not ordered anew by the model: {document['reranking']}.")
    models = "both models" if document["tier"] == "better" else "the fast model; the better one is not ready"
    lines.append(f"{len(document['hits'])} passages in {document['ms']} ms, with {models}")
    return "\n".join(lines)


def statement_lines(statement: dict[str, Any]) -> list[str]:
    """One statement with its verdict, its quotes and their places."""
    verdict = statement.get("verdict")
    lines = [_wrapped(("" if verdict in {None, "pass"} else f"[{verdict}] ") + statement["text"])]
    for citation in statement["citations"]:
        lines.append(f"      ↳ {citation['title']}, {place(citation)}")
        if citation["quote"] != statement["text"]:
            lines.append(_wrapped(f"« {citation['quote']} »", "        "))
    return lines


def _piece(document: dict[str, Any]) -> str:
    piece = document["piece"]
    head = (
        f"{piece['kind']} for {piece['product']} ({piece['market']}, {piece['language']}): {piece['status']}"
    )
    lines = [head, f"  {piece['id']}, revision {piece['revision']}, {piece['engine']}"]
    for statement in document.get("statements", ()):
        lines += statement_lines(statement)
    if document.get("rejected"):
        lines.append("Rejected:")
        lines += [_wrapped(f"{r['rule']}: {r['reason']}: {r['text']}") for r in document["rejected"]]
    if document.get("findings"):
        lines.append("Findings:")
        lines += [_wrapped(f"{f['severity']:12} {f['rule']:5} {f['message']}") for f in document["findings"]]
    for task in document.get("tasks", ()):
        lines.append(f"  task {task['id']}  {task['role']}: {task['status']}  {task.get('assignee') or ''}")
    for signature in document.get("signatures", ()):
        lines.append(
            f"  signed by {signature['name']} ({signature['role']}): {signature['meaning']}, {signature['signed_at']}"
        )
    return "\n".join(lines)


def _answer(document: dict[str, Any]) -> str:
    lines = [document["message"]] if document.get("message") else []
    for statement in document.get("statements", ()):
        lines += statement_lines(statement)
    if document.get("case"):
        lines.append(f"Case {document['case']['id']} ({document['case']['kind']}) was opened.")
    return "\n".join(lines) or document["status"]


def _tasks(document: dict[str, Any]) -> str:
    rows = [
        {
            **row["task"],
            "piece": row["piece"]["id"],
            "kind": row["piece"]["kind"],
            "product": row["piece"]["product"],
        }
        for row in document["tasks"]
    ]
    columns = {
        "id": "TASK", "role": "ROLE", "status": "STATUS", "due_on": "DUE",
        "piece": "PIECE", "kind": "KIND", "product": "PRODUCT",
    }  # fmt: skip
    own = [one for one in document.get("pieces", ()) if one["expected_of_me"]]
    lines = [_table(rows, columns, "No task waits." if own else "Nothing is expected of you.")]
    lines += [f"To {one['waits_for']}: {one['piece']['title']} ({one['piece']['id']})" for one in own]
    if document.get("next"):
        lines.append(f"More: --after {document['next']}")
    return "\n".join(lines)


def _publication(document: dict[str, Any]) -> str:
    publication = document["publication"]
    return (
        f"{publication['status']}: {publication['piece']} as {publication['id']}\n"
        f"  manifest {publication['hash']}\n  until {publication['expires_on'] or 'no date'}"
    )


def _recalled(document: dict[str, Any]) -> str:
    return (
        "\n".join(f"Recalled {item['piece']}: {item['reason']}" for item in document["recalled"])
        or "Nothing."
    )


def _user(document: dict[str, Any]) -> str:
    user = document["user"]
    return f"{user['name']}: {', '.join(user['roles'])}"


def _users(document: dict[str, Any]) -> str:
    rows = [{**user, "roles": ", ".join(user["roles"])} for user in document["users"]]
    return _table(rows, {"name": "NAME", "roles": "ROLES", "language": "LANG"}, "Nobody yet.")


def _product(document: dict[str, Any]) -> str:
    product = document["product"]
    lines = [f"{product['name']}: {product['status']}"]
    lines += [f"  {name}: {value}" for name, value in product.get("sheet", {}).items() if value]
    return "\n".join(lines)


def _fill(document: dict[str, Any]) -> str:
    fill = document["fill"]
    if fill["cis"] is None:
        rows = _table(fill["candidates"], {"cis": "CIS", "name": "NAME", "status": "STATUS"}, "")
        return f"Several medicines fit {fill['product']}; name one with --cis:\n{rows}"
    marks = {"new": "+", "different": "≠", "same": "="}
    lines = [f"{fill['product']}, CIS {fill['cis']}" + (": kept" if fill["applied"] else "")]
    for one in fill["proposals"]:
        lines.append(f"{marks[one['status']]} {one['field']}: {one['proposed']}")
        if one["status"] == "different":
            lines.append(f"    now: {one['now']}")
        lines.append(f"    {one['file']}, line {one['line']}" + (f", {one['dated']}" if one["dated"] else ""))
    lines += [f"! {p['file']}, line {p['line']}: {p['message']}" for p in fill["problems"]]
    if not fill["applied"]:
        lines.append("Nothing is kept yet; add --apply.")
    return "\n".join(lines)


def _calendar(document: dict[str, Any]) -> str:
    columns = {
        "expires_on": "LAST DAY", "days_left": "DAYS", "kind": "WHAT", "title": "TITLE", "product": "PRODUCT",
    }  # fmt: skip
    lines = [_table(document["calendar"], columns, "Nothing runs out.")]
    if document.get("file"):
        lines.append(f"Written to {document['file']}.")
    return "\n".join(lines)


def _products(document: dict[str, Any]) -> str:
    return _table(document["products"], {"name": "PRODUCT", "status": "STATUS"}, "No products yet.")


def _verdict(document: dict[str, Any]) -> str:
    if document["ok"]:
        return f"The chain holds: {document['entries']} entries, head {document['head']}."
    return f"The chain is broken at entry {document['first_bad']} of {document['entries']}."


def _export(document: dict[str, Any]) -> str:
    export = document["export"]
    return str(export.get("text") or export.get("file") or export)


def _pack(document: dict[str, Any]) -> str:
    pack = document["pack"]
    return (
        f"{pack['file']}: {pack['members']} members, {pack['bytes']} bytes\n  root {pack['root']}\n"
        "  Keep the root apart from the file; it also stands in the audit trail. "
        "Check: python verify.py FILE --root ROOT"
    )


def _affected(document: dict[str, Any]) -> str:
    found = document["affected"]
    told = ", ".join(f"{count} {name}" for name, count in found["counts"].items())
    lines = [told]
    for item in found["items"]:
        lines.append(f"  {item['title']} ({item['piece']}, {item['status']})")
        for one in item["publications"]:
            state = "served" if one["served"] else one["reason"]
            lines.append(f"    {one['id']}: {state}")
            lines += [
                f"      {u['used_on']} {u['mode']}: {u['recipient'] or '(erased)'}" for u in one["uses"]
            ]
    lines.append("To tell:")
    lines += [f"  {person['name']} ({', '.join(person['because'])})" for person in found["people"]]
    return "\n".join(lines)


def _status(document: dict[str, Any]) -> str:
    status = document["status"]
    when = f" since {status['since']}" if status["since"] else ""
    return f"{status['state'].replace('_', ' ')}{when}"


def _confirmations(document: dict[str, Any]) -> str:
    columns = {
        "id": "CONFIRMATION",
        "due_on": "DUE",
        "meanwhile": "MEANWHILE",
        "title": "TITLE",
        "market": "MARKET",
    }
    return _table(document["confirmations"], columns, "Nothing waits for a confirmation.")


def _confirmation(document: dict[str, Any]) -> str:
    found = document["confirmation"]
    lines = [
        f"{found['title']} ({found['piece']}): {found['status']}",
        f"  {found['old']['title']} ({found['old']['id']}) → {found['new']['title']} ({found['new']['id']})",
        f"  {found['meanwhile']} until {found['due_on']}; waits for: {', '.join(found['missing']) or 'nobody'}",
        f"  hash {found['hash']}",
    ]
    lines += [_wrapped(f"{one['outcome']}: {one['quote']}") for one in found["content"]["carried"]]
    lines += [f"  signed by {s['name']} ({s['role']}), {s['signed_at']}" for s in found["signatures"]]
    return "\n".join(lines)


_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


def _diff(document: dict[str, Any]) -> str:
    diff = document["diff"]
    told = ", ".join(f"{n} {name}" for name, n in diff["counts"].items() if n)
    lines = [
        f"{diff['old']['title']} ({diff['old']['id']}) → {diff['new']['title']} ({diff['new']['id']})",
        f"  {told}",
        "",
    ]
    for section in diff["sections"]:
        counted = ", ".join(f"{n} {name}" for name, n in section["counts"].items() if n)
        kinds = f" ({', '.join(section['kinds'])})" if section["kinds"] else ""
        where = ": ".join(part for part in (section["part"], section["title"]) if part)
        lines.append(f"{'!' if section['lead'] else ' '} {where or '–'}: {counted}{kinds}")
    for change in diff["changes"]:
        sign, kinds = _SIGNS[change["status"]], f" [{', '.join(change['kinds'])}]" if change["kinds"] else ""
        lines += ["", f"{sign} {change['section']['title']}{kinds}"]
        lines += [
            _wrapped(f"{name} p. {side['spans'][0]['page']}: {side['text']}", "    ")
            for name in ("old", "new")
            if (side := change[name])
        ]
    lines += [
        "",
        "What rests on the older version:" if document["affected"] else "Nothing rests on the older version.",
    ]
    for piece in document["affected"]:
        lines.append(f"  {piece['title']} ({piece['piece']}, {piece['status']}): support {piece['support']}")
        lines += [
            _wrapped(
                f"{one['outcome']}{' (' + ', '.join(one['kinds']) + ')' if one['kinds'] else ''}: {one['text']}",
                "      ",
            )
            for one in piece["statements"]
            if one["outcome"] != "unchanged"
        ]
    return "\n".join(lines)


def _delegations(document: dict[str, Any]) -> str:
    rows = [
        {**row, "by": row["by"]["name"], "deputy": row["deputy"]["name"]} for row in document["delegations"]
    ]
    columns = {
        "id": "DELEGATION", "by": "FOR", "deputy": "DEPUTY", "role": "ROLE",
        "starts_on": "FROM", "ends_on": "UNTIL", "status": "STATUS",
    }  # fmt: skip
    return _table(rows, columns, "Nobody stands for anybody.")


def _policy(document: dict[str, Any]) -> str:
    policy = document["policy"]
    state = ("in force" if policy["in_force"] else "not in force") + (
        ", shipped" if policy["shipped"] else ""
    )
    lines = [f"Policy {policy['hash'][:12]} ({state})"]
    for workflow in policy["workflows"]:
        lines.append(f"{workflow['name']}: {_conditions(workflow['when'])}")
        for number, step in enumerate(workflow["steps"], 1):
            asked = "; ".join(_signature(one) for one in step["signatures"])
            days = f" ({step['working_days']} working days)" if "working_days" in step else ""
            lines.append(_wrapped(f"{number}. {asked}{days}"))
    lines.append("May publish, the first row that fits:")
    lines += [f"  {' or '.join(row['roles'])}: {_conditions(row['when'])}" for row in policy["publication"]]
    lines += [
        f"Adopted by {one['by']['name']} on {one['at']}: {one['hash'][:12]}"
        for one in document.get("adoptions", ())
    ]
    if document.get("file"):
        lines.append(f"Written to {document['file']}.")
    return "\n".join(lines)


def _signature(asked: dict[str, Any]) -> str:
    several = (
        asked["role"] if asked["asked"] == 1 else f"{asked['needed']} of {asked['asked']} {asked['role']}"
    )
    when = f" where {_conditions(asked['when'])}" if asked["when"] else ""
    skip = f", skipped where {_conditions(asked['skip'])}" if "skip" in asked else ""
    return several + when + skip


def _conditions(when: dict[str, Any]) -> str:
    said = [
        f"{name.replace('_', ' ')} {', '.join(wanted) if isinstance(wanted, list) else 'yes' if wanted else 'no'}"
        for name, wanted in when.items()
    ]
    return " and ".join(said) or "always"


VIEWS: dict[str, Callable[[dict[str, Any]], str]] = {
    "hits": _hits,
    "diff": _diff,
    "picture": lambda d: (
        f"{d['picture']['file']}: {len(d['picture']['rectangles'])} marks, {d['picture']['ms']} ms"
    ),
    "policy": _policy,
    "delegations": _delegations,
    "confirmations": _confirmations,
    "confirmation": _confirmation,
    "sources": _sources,
    "source": _source,
    "publication": _publication,
    "tasks": lambda d: _piece(d) if "piece" in d else _tasks(d),
    "piece": _piece,
    "recalled": _recalled,
    "case": _answer,
    "user": _user,
    "users": _users,
    "product": _product,
    "products": _products,
    "first_bad": _verdict,
    "reference": _reference,
    "calendar": _calendar,
    "fill": _fill,
    "export": _export,
    "pack": _pack,
    "affected": _affected,
    "register": show_release.register,
    "erased": lambda d: f"{d['erased']['names']} names erased.",
    "release": show_release.release,
    "windows": show_release.windows,
    "deadlines": show_release.deadlines,
    "status": _status,
    "use": lambda d: f"{d['use']['publication']}: {d['use']['mode']} on {d['use']['used_on']}",
    "uses": lambda d: f"{d['uses']['recorded']} uses entered.",
}
