"""A pack: its members, an index of their hashes whose own hash is the root, and the archive, the same bytes each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import rfc8785

from assistant.publishing.evidence.verify import INDEX, ROOT, build, sha256

SCHEMA = "ancrage-pack/1"
VERIFIER = "verify.py"


@dataclass(frozen=True, slots=True)
class Pack:
    """The archive and the root that proves it."""

    content: bytes
    root: str
    members: Mapping[str, str]
    """SHA-256 by name, the index and the root's own file left out."""


def packed(kind: str, members: Mapping[str, bytes], about: Mapping[str, Any]) -> Pack:
    """Make the archive; `about` (plain JSON: piece, manifest_hash, anchor …) stands in the index."""
    program = files("assistant.publishing.evidence").joinpath(VERIFIER).read_bytes()
    whole = {**members, VERIFIER: program}
    digests = {name: sha256(data) for name, data in sorted(whole.items())}
    index = rfc8785.dumps(
        {
            "schema": SCHEMA,
            "kind": kind,
            **about,
            "members": [
                {"name": name, "sha256": digest, "bytes": len(whole[name])}
                for name, digest in digests.items()
            ],
        }
    )
    root = sha256(index)
    ordered = {ROOT: f"{root}\n".encode(), INDEX: index, **{name: whole[name] for name in digests}}
    return Pack(build(ordered), root, digests)


def plain_json(document: Any) -> bytes:
    """A member that people can read: canonical in content, one thing a line."""
    import json

    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
