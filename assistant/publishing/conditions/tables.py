"""The release conditions as a page of the documentation: `python -m assistant.publishing.conditions.tables docs`.

It is made from the files that the code obeys, and a test holds that the page is those files.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.publishing.conditions.data import MARKETS, Condition, market_of

_MADE = "<!-- Made by `python -m assistant.publishing.conditions.tables docs`. Change the files, then make it again. -->\n"


def release_page() -> str:
    """docs/release-conditions.md."""
    lines = [
        "# Release conditions\n",
        _MADE,
        (
            "What a market asks for before a signed piece is published (`assistant/publishing/conditions/markets`). A condition holds "
            "at release, not before: review and approval go on without it. It is met for exactly the bytes that were signed, and a "
            "new revision has to meet it anew.\n"
        ),
        "(S): read in the source itself. (s): read second-hand. (P): a choice of this product. (K): general knowledge.\n",
    ]
    for name in MARKETS:
        market = market_of(name)
        lines.append(f"## {name}\n")
        for condition in market.conditions:
            lines += _condition(condition)
        if not market.conditions:
            lines.append(
                "Nothing beside the signatures. Markets without a file of their own are treated alike.\n"
            )
        for calendar in market.calendars:
            days = "; ".join(f"{one.opens_on} to {one.closes_on}" for one in calendar.windows)
            lines.append(
                f"Windows of deposit for {calendar.type} visas in {calendar.year}: {days}. {calendar.source}.\n"
            )
        if market.calendars:
            lines.append(
                "Windows of other years and kinds are entered in the running system, with the decision that fixed them; until then a "
                "request of such a day is refused, `ancrage release windows` lists what is missing, and `ancrage doctor` advises it.\n"
            )
        lines.append(f"Register of recipients: kept {market.keep_years} years. {market.keep_source['en']}.\n")
    return "\n".join(lines)


def _condition(condition: Condition) -> Iterator[str]:
    when = "; ".join(f"{name}: {', '.join(values)}" for name, values in condition.when.items())
    yield f"### {condition.title['en']}\n"
    yield f"A {condition.form}, asked of: {when}. Held by {', '.join(condition.rules)}; authority: {condition.authority}.\n"
    yield from ("| What | Source |", "| --- | --- |")
    yield from (f"| {name.replace('_', ' ')} | {text['en']} |" for name, text in condition.sources.items())
    yield ""


def main(arguments: Sequence[str]) -> None:
    """Write the page into the named folder."""
    folder = Path(arguments[0] if arguments else "docs")
    (folder / "release-conditions.md").write_text(release_page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
