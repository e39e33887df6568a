"""What reading a source again changes, for a person to read."""

from typing import Any

from api.cli.show.versions import diff_text


def reread_text(document: dict[str, Any]) -> str:
    """One source, with what would change where that was asked for."""
    lines = _lines(document["reread"])
    if "diff" in document:
        lines += ["", diff_text(document)]
    return "\n".join(lines)


def rereads_text(document: dict[str, Any]) -> str:
    """All sources that an older reader read."""
    lines = [line for one in document["rereads"] for line in _lines(one)]
    for one in document["refused"]:
        lines.append(f"Not read: {one['title']} ({one['source']}): {one['error']['message']}")
        lines += [f"  {one['error']['help']}"] if one["error"].get("help") else []
    told = document["counts"]
    lines.append(
        f"{told['older']} read by an older reader: {told['same']} read the same, {told['otherwise']} otherwise, "
        f"{told['refused']} could not be read; {told['moved']} moved to the newer reading."
    )
    if told["otherwise"]:
        lines.append("Decide on each: ancrage source reread SOURCE --dry-run, then without --dry-run.")
    return "\n".join(lines)


def _lines(one: dict[str, Any]) -> list[str]:
    told = one["otherwise"]
    said = (
        "reads the same"
        if one["same"]
        else f"{told['sentences']} sentences read otherwise, {told['placed']} stand elsewhere, "
        f"tables of {told['tables']} pages"
    )
    lines = [f"{one['title']} ({one['source']}): {said}{'; moved' if one['moved'] else ''}"]
    lines += [f"  back with its writer, a quote is gone: {piece}" for piece in one.get("returned", ())]
    lines += [f"  published, a quote is gone: {piece}" for piece in one.get("published", ())]
    if one.get("claims_matched_otherwise"):
        lines.append(f"  {one['claims_matched_otherwise']} approved claims match otherwise")
    lines += [f"  speaks to no slides any more: {source}" for source in one.get("decks_lost", ())]
    return lines
