"""Verify an exported audit trail without Ancrage: this file imports the standard library only.

    python verify_audit.py TRAIL.jsonl --anchor NUMBER:HASH | --heads audit-heads.log
    python verify_audit.py TRAIL.jsonl --part PART.jsonl

TRAIL.jsonl holds one entry a line: {"canonical": "...", "hash": "..."}, oldest first. An anchor is a head of the chain
that was noted outside the system: a number and a hash from a mail or another machine, or a copy of the heads log.

What it proves: every entry has the hash that stands beside it, each follows the one before, numbers have no gap, and the
entries at the anchors are those that were noted then. So nothing up to the last anchor was changed, removed or added
since that anchor was noted. What it does not prove: that entries after the last anchor are complete, or that the anchor
itself was kept out of the reach of whoever might change the trail.

PART.jsonl holds the entries that somebody filtered, under a line that says what was sought. With the whole trail it is
shown that each of them is the chain's, and that no entry that fits was left out up to the head that stands in that line.
What a title meant when they were filtered is not shown: that line names the ids that it was taken for.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
NO_PART = "the part is no part of a trail: its first line or an entry cannot be read"


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
        except (ValueError, KeyError, TypeError, RecursionError) as error:
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


def fits(body: dict[str, Any], sought: dict[str, Any]) -> bool:
    """Whether an entry is one that was sought."""
    return (
        all(body.get(name) == sought[name] for name in ("actor", "action") if name in sought)
        and ("subjects" not in sought or body.get("subject") in sought["subjects"])
        and ("since" not in sought or body.get("at", "") >= sought["since"])
        and ("before" not in sought or body.get("at", "") < sought["before"])
    )


def read_part(part: Path) -> tuple[dict[str, Any], int, str, list[dict[str, Any]], dict[int, Any]]:
    """Read what was sought, the head's number and hash, the entries, and these by their number. Raises Broken."""
    try:
        with part.open(encoding="utf-8") as lines:
            told = json.loads(next(lines))["part"]
            sought, count = told["sought"], told["entries"]
            ends, head = told["head"]["number"], told["head"]["hash"]
            kept = [json.loads(line) for line in lines]
            numbered = {json.loads(one["canonical"])["number"]: one for one in kept}
            words = [
                head,
                *(sought[name] for name in sought if name != "subjects"),
                *sought.get("subjects", []),
            ]
    except (StopIteration, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Broken(NO_PART) from error
    numbers = (count, ends, *numbered)
    if any(type(word) is not str for word in words) or any(type(number) is not int for number in numbers):
        raise Broken(NO_PART)
    if len(kept) != count or len(numbered) != len(kept) or list(numbered) != sorted(numbered):
        raise Broken(f"the part says {count} entries in order and holds {len(kept)}")
    return sought, ends, head, kept, numbered


def verify_part(trail: Path, part: Path) -> tuple[int, int, dict[str, Any]]:
    """Hold a part against the whole trail, which was verified; returns its entries, up to which number, and what was
    sought. Raises Broken.
    """
    sought, ends, head, kept, hashes = read_part(part)
    ended, number = GENESIS, 0
    with trail.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if number > ends:
                break
            whole = json.loads(line)
            ended = whole["hash"]
            ours = hashes.pop(number, None)
            if ours is not None and ours != whole:
                raise Broken(f"entry {number} of the part is not that of the trail")
            wanted = fits(json.loads(whole["canonical"]), sought)
            if wanted and ours is None:
                raise Broken(f"entry {number} fits what was sought and is missing in the part")
            if ours is not None and not wanted:
                raise Broken(f"entry {number} of the part does not fit what was sought")
    if hashes:
        raise Broken(f"entry {min(hashes)} of the part is not in the trail")
    if ended != head:
        raise Broken(f"entry {ends} of the trail is not the head that the part names")
    return len(kept), ends, sought


def main(words: list[str] | None = None) -> int:
    """Verify as told on the command line; returns 0 where the trail holds, 1 where it does not, 2 where a file cannot be read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trail", type=Path)
    parser.add_argument("--anchor", action="append", default=[], metavar="NUMBER:HASH", type=read_anchor)
    parser.add_argument("--heads", type=Path, metavar="FILE", help="a copy of audit-heads.log")
    parser.add_argument(
        "--part", type=Path, metavar="FILE", help="entries that were filtered from this trail"
    )
    told = parser.parse_args(words)
    try:
        anchors = read_heads(told.heads) if told.heads else {}
        for anchor in told.anchor:
            anchors |= anchor
        number, head = verify(told.trail, anchors)
        part = verify_part(told.trail, told.part) if told.part else None
    except Broken as broken:
        print(f"BROKEN: {broken}.")
        return 1
    except UnicodeDecodeError as error:
        print(f"BROKEN: a file holds bytes that are no text: {error}.")
        return 1
    except OSError as error:
        print(f"Nothing was verified: {error.filename} cannot be read ({error.strerror}).")
        return 2
    print(f"The trail holds: {number} entries, head {head}.")
    if part:
        print(f"What was sought: {json.dumps(part[2], ensure_ascii=False, sort_keys=True)}.")
        print(
            f"The part holds: its {part[0]} entries are the trail's, and up to entry {part[1]} no other one fits."
        )
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
