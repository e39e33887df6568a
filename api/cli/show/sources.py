"""Sources and their references, for a person to read."""

from typing import Any

from api.cli.show.layout import table

_SOURCE = {
    "id": "SOURCE", "title": "TITLE", "kind": "KIND", "language": "LANG",
    "status": "STATUS", "expires_on": "EXPIRES", "pages": "PAGES", "passages": "PASSAGES",
}  # fmt: skip
_COUNTS = "{files} files: {added} added, {already_known} known already, {refused} refused, {skipped} skipped."


def sources_text(document: dict[str, Any]) -> str:
    """Sources as a table, with what was stopped, refused or skipped."""
    lines = []
    if document.get("recalled"):
        lines.append("Stopped at once:")
        lines += [f"  {item['piece']}  {item['reason']}" for item in document["recalled"]]
    listed = table(document["sources"], _SOURCE, "No sources. Add one with: ancrage source add FILE …")
    if document["sources"] or not (document.get("refused") or document.get("skipped")):
        lines.append(listed)  # who has just tried to add some is told why none was
    for item in document.get("refused", ()):
        lines.append(f"Refused {item['file']}: {item['error']['message']}")
        lines += [f"  {item['error']['help']}"] if item["error"].get("help") else []
    lines += [f"Skipped {item['file']}: {item['reason']}" for item in document.get("skipped", ())]
    if "counts" in document:
        lines.append(_COUNTS.format(**document["counts"]))
    return "\n".join(lines)


def source_text(document: dict[str, Any]) -> str:
    """One source, with its doubtful pages and its text where that was asked for."""
    source = document["source"]
    known = " (already known: nothing was changed)" if source.get("already_known") else ""
    size = f"{source['pages']} pages, {source['passages']} passages"
    lines = [f"{source['title']}: {source['status']}{known}", f"  {source['id']}, {size}"]
    quality = source["pages_by_quality"]
    if quality["doubtful"] or quality["unreadable"]:
        lines.append(f"  {quality['doubtful']} doubtful and {quality['unreadable']} unreadable pages")
    if source.get("read_by_older") and source["status"] not in {"withdrawn", "superseded"}:
        lines.append(
            f"  read by an older reader ({source['reader']}): ancrage source reread {source['id']} --dry-run"
        )
    if source.get("deck"):
        state = "proposed" if source["deck"]["proposed"] else "confirmed"
        lines.append(f"  speaks to the deck {source['deck']['source']} ({state})")
    # The pages' packages are slow to load, and seldom wanted.
    from api.web.pages.source_text import warnings_text

    lines += [f"  note: {said}" for said in warnings_text(source.get("warnings", ()), "en")]
    for page in source.get("text", ()):
        lines += [f"--- {page['number']} ({page['quality']})", page["text"]]
    return "\n".join(lines)


def reference_text(document: dict[str, Any]) -> str:
    """A bibliographic reference and what it lacks."""
    reference = document["reference"]
    lines = [f"{reference['title']}: reference {reference['status']}", f"  {reference['vancouver']}"]
    lines += [f"  {name}: {value}" for name, value in reference["fields"].items()]
    if reference["missing"]:
        lines.append(f"  missing: {', '.join(reference['missing'])}")
    if reference["status"] != "confirmed":
        lines.append(f"Confirm it with: ancrage source reference {reference['source']} --confirm")
    return "\n".join(lines)
