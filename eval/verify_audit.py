"""Verify an exported audit trail without Ancrage: this file imports the standard library only.

    python verify_audit.py TRAIL.jsonl --anchor NUMBER:HASH | --heads audit-heads.log

TRAIL.jsonl holds one entry a line: {"canonical": "...", "hash": "..."}, oldest first. An anchor is a head of the chain
that was noted outside the system: a number and a hash from a mail or another machine, or a copy of the heads log.

What it proves: every entry has the hash that stands beside it, each follows the one before, numbers have no gap, and the
entries at the anchors are those that were noted then. So nothing up to the last anchor was changed, removed or added
since that anchor was noted. What it does not prove: that entries after the last anchor are complete, or that the anchor
itself was kept out of the reach of whoever might change the trail.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

GENESIS = "0" * 64


class Broken(Exception):
    """The trail does not hold; the message says where and how."""


def entries(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Check each line against the one before; yields (number, hash). Raises Broken."""
    previous = GENESIS
    for number, line in enumerate(lines, start=1):
        try:
            kept = json.loads(line)
            canonical, digest = kept["canonical"], kept["hash"]
            body = json.loads(canonical)
        except (ValueError, KeyError, TypeError) as error:
            raise Broken(f"line {number} is no entry") from error
        if hashlib.sha256(canonical.encode()).hexdigest() != digest:
            raise Broken(f"entry {number} was changed: its text does not have its hash")
        if body.get("number") != number:
            raise Broken(f"entry {number} is missing: number {body.get('number')} stands in its place")
        if body.get("previous") != previous:
            raise Broken(f"entry {number} does not follow the entry before it")
        previous = digest
        yield number, digest


def read_heads(file: Path) -> dict[int, str]:
    """Read the heads log: number, hash and instant a line; a last line that a crash cut off is left out."""
    heads: dict[int, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        number, _, rest = line.partition(" ")
        digest, _, at = rest.partition(" ")
        if number.isdigit() and len(digest) == len(GENESIS) and at:
            heads[int(number)] = digest
    return heads


def read_anchor(text: str) -> dict[int, str]:
    """Read NUMBER:HASH. Raises ValueError."""
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != len(GENESIS):
        raise ValueError(f"{text} is not NUMBER:HASH")
    return {int(number): digest.lower()}


def verify(trail: Path, anchors: dict[int, str]) -> tuple[int, str]:
    """Verify the whole trail; returns the last entry's number and hash. Raises Broken."""
    number, head = 0, GENESIS
    with trail.open(encoding="utf-8") as lines:
        for number, head in entries(lines):
            if anchors.get(number, head) != head:
                raise Broken(f"entry {number} is not the one that was anchored")
    if anchors and max(anchors) > number:
        raise Broken(f"the tail is missing: entry {max(anchors)} was anchored, the trail ends at {number}")
    return number, head


def main(words: list[str] | None = None) -> int:
    """Verify as told on the command line; returns 0 where the trail holds, 1 where it does not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trail", type=Path)
    parser.add_argument("--anchor", action="append", default=[], metavar="NUMBER:HASH", type=read_anchor)
    parser.add_argument("--heads", type=Path, metavar="FILE", help="a copy of audit-heads.log")
    told = parser.parse_args(words)
    anchors = read_heads(told.heads) if told.heads else {}
    for anchor in told.anchor:
        anchors |= anchor
    try:
        number, head = verify(told.trail, anchors)
    except Broken as broken:
        print(f"BROKEN: {broken}.")
        return 1
    print(f"The trail holds: {number} entries, head {head}.")
    if not anchors:
        print(
            "No anchor was given, so a lost tail, or a trail made anew from its beginning, would not be seen."
        )
    else:
        last = max(anchors)
        print(
            f"Proved against {len(anchors)} anchors: nothing up to entry {last} was changed, removed or added since."
        )
        if number > last:
            print(
                f"Entries {last + 1} to {number} are chained but not anchored: a later loss of them would not be seen."
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
