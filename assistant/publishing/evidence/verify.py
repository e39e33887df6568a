"""Verify a pack that Ancrage made, without Ancrage: this file imports the standard library only (Python 3.11 or newer).

    python verify.py PACK.zip --root ROOT [--heads audit-heads.log]
    python verify.py FOLDER   --root ROOT      (the unpacked pack)

ROOT is the hash that was printed when the pack was made; it also stands in the audit trail of the system. Take it from
there or from paper, not from the pack itself.

What it proves against that root: every member of the pack is, byte for byte, the one that was packed; none is missing
and none was added. And inside: the manifest names exactly the renditions and the text that are here, each signature is
on that manifest and was entered in the audit trail, as was each release record and each signature on a confirmation,
each reason is the one that the trail knows, and the trail's entries follow one another up to the head that is named as its anchor; with --heads, that this head was noted outside the
system. What it does not prove: that a person who signed was right, or that a root taken from the pack itself is genuine.
Where this very file may have been altered, run a copy of it from elsewhere.
"""

import argparse
import hashlib
import io
import json
import lzma
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT, INDEX = "ROOT.txt", "index.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,  # zipfile's, for a compression that it does not know
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
    OverflowError,
)
"""All that the standard library raises for an archive that was spoilt."""
_HEADER = 30


def build(members: Mapping[str, bytes]) -> bytes:
    """The one archive of these members in this order: nothing compressed, no date, so the same members are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def problems_of(raw: bytes, root: str | None = None) -> list[str]:
    """What is wrong with an archive; each line begins with the member that it is about."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except _UNREADABLE:
        return problems_in(_scanned(raw), root) or [
            "(archive): its directory was altered; every member is whole"
        ]
    members: dict[str, bytes] = {}
    found: list[str] = []
    for info in archive.infolist():
        if info.filename in members:
            found.append(f"{info.filename}: stands in the archive twice")
        try:
            members[info.filename] = archive.read(info)
        except _UNREADABLE:
            members[info.filename] = _scanned(raw).get(info.filename, b"")
    found += problems_in(members, root)
    return found or _container(raw, members)


def problems_in(members: Mapping[str, bytes], root: str | None = None) -> list[str]:
    """What is wrong with the members of a pack, wherever they lie."""
    index, found = _index(members, root)
    if index is None:
        return found
    listed = {one["name"]: one["sha256"] for one in index["members"]}
    found += [f"{name}: is missing" for name in listed if name not in members]
    found += [f"{name}: was added" for name in members if name not in listed and name not in {ROOT, INDEX}]
    found += [
        f"{name}: was altered"
        for name, digest in listed.items()
        if name in members and sha256(members[name]) != digest
    ]
    return found or list(_content(members, index))


def _index(members: Mapping[str, bytes], root: str | None) -> tuple[dict[str, Any] | None, list[str]]:
    """The index, if it is the one of the root; and what is wrong with the two."""
    for name in (ROOT, INDEX):
        if name not in members:
            return None, [f"{name}: is missing"]
    stated = members[ROOT]
    real = sha256(members[INDEX])
    expected = (root or "").strip().lower()
    if expected and real != expected:
        if stated == f"{expected}\n".encode():
            return None, [f"{INDEX}: was altered"]
        return None, [
            f"{INDEX}: is not the one of the root {expected}; the pack was altered, or is another one"
        ]
    if stated != f"{real}\n".encode():
        return None if not expected else _parsed(members[INDEX]), [
            f"{ROOT}: was altered"
            if expected
            else f"{ROOT} or {INDEX}: was altered (give --root to tell which)"
        ]
    return _parsed(members[INDEX]), []


def _parsed(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data)
    return found


def _content(members: Mapping[str, bytes], index: Mapping[str, Any]) -> Iterator[str]:
    """Whether the members say of one another what they have to."""
    manifest_hash = index.get("manifest_hash")
    if manifest_hash is not None:
        yield from _manifest(members, str(manifest_hash))
    if "audit/trail.jsonl" in members:
        yield from _trail(members, index)


def _manifest(members: Mapping[str, bytes], manifest_hash: str) -> Iterator[str]:
    if sha256(members["manifest.json"]) != manifest_hash:
        yield "manifest.json: is not the manifest that the index names"
    manifest = json.loads(members["manifest.json"])
    if sha256(members["document.json"]) != manifest["revision"]["document_sha256"]:
        yield "document.json: is not the text that was signed"
    for made in manifest["renditions"]:
        name = rendition_member(made["name"])
        if sha256(members.get(name, b"")) != made["sha256"]:
            yield f"{name}: is not the rendition that was signed"
    for signature in json.loads(members.get("signatures.json", b"[]")):
        if signature["manifest_hash"] != manifest_hash:
            yield f"signatures.json: {signature['id']} is on another manifest"


def rendition_member(name: str) -> str:
    """Where a rendition lies in the pack."""
    return f"renditions/piece.{'txt' if name == 'text' else name}"


def _trail(members: Mapping[str, bytes], index: Mapping[str, Any]) -> Iterator[str]:
    """The chain of the entries, its anchor, the reasons that belong to it, and the signatures that it knows."""
    name, previous, number = "audit/trail.jsonl", None, None
    entries: dict[int, dict[str, Any]] = {}
    for line in members[name].decode().splitlines():
        kept = json.loads(line)
        body = json.loads(kept["canonical"])
        if sha256(kept["canonical"].encode()) != kept["hash"]:
            yield f"{name}: entry {body['number']} does not have its hash"
        if previous is not None and (body["previous"] != previous or body["number"] != (number or 0) + 1):
            yield f"{name}: entry {body['number']} does not follow the one before it"
        previous, number = kept["hash"], body["number"]
        entries[body["number"]] = body
    anchor = index["anchor"]
    if (number, previous) != (anchor["number"], anchor["hash"]):
        yield f"{name}: does not end at the anchor that the index names"
    for note in json.loads(members.get("audit/notes.json", b"[]")):
        known = entries.get(note["entry"], {}).get("note_sha256")
        if note["text"] is not None and known != sha256((note["salt"] + note["text"]).encode()):
            yield f"audit/notes.json: the text of entry {note['entry']} is not the one that the trail knows"
    signed = {
        body["details"].get("signature"): body
        for body in entries.values()
        if body["action"] == "piece.signed"
    }
    for signature in json.loads(members.get("signatures.json", b"[]")):
        body = signed.get(signature["id"])
        if body is None or _as_signed(body) != (signature["manifest_hash"], signature["by"]["id"]):
            yield f"signatures.json: {signature['id']} is not in the audit trail as it stands here"
        elif body["details"].get("proof", signature.get("proof")) != signature.get("proof"):
            yield f"signatures.json: {signature['id']} was not proved as the audit trail says"
    yield from _released(members, entries)
    yield from _confirmed(members, entries)


def _released(members: Mapping[str, bytes], entries: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """The release records that the trail knows, for these bytes, and how a certificate's signatory was proved."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for body in entries.values():
        if body["action"].startswith("release."):
            told.setdefault(body["details"].get("record", ""), []).append(body)
    for record in json.loads(members.get("release.json", b"{}")).get("records", []):
        known = told.get(record["id"], [])
        if not known or [body["number"] for body in known] != record["entries"]:
            yield f"release.json: {record['id']} is not in the audit trail as it stands here"
        for body in known:
            said = body["details"].get("manifest_hash", body["details"].get("manifest"))
            if said not in {None, record["manifest_hash"]}:
                yield f"release.json: {record['id']} is for another manifest"
            proved = body["action"] == "release.certificate_signed"
            if proved and body["details"].get("proof") != record["proof"]:
                yield f"release.json: {record['id']} was not proved as the audit trail says"


def _confirmed(members: Mapping[str, bytes], entries: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    """What was confirmed, and that the trail knows each signature on exactly that."""
    signed = {
        body["details"].get("signature"): body
        for body in entries.values()
        if body["action"] == "confirmation.signed"
    }
    for one in json.loads(members.get("confirmations.json", b"[]")):
        if sha256(one["canonical"].encode()) != one["hash"]:
            yield f"confirmations.json: {one['id']} is not what was signed"
        for signature in one["signatures"]:
            body = signed.get(signature["id"])
            known = None if body is None else (body["details"]["hash"], body["actor"])
            if body is None or known != (one["hash"], signature["by"]["id"]):
                yield f"confirmations.json: {signature['id']} is not in the audit trail as it stands here"
            elif body["details"].get("proof", signature["proof"]) != signature["proof"]:
                yield f"confirmations.json: {signature['id']} was not proved as the audit trail says"


def _as_signed(body: Mapping[str, Any]) -> tuple[str, str]:
    """The manifest's hash and the person, of an entry."""
    return body["details"]["manifest"], body["actor"]


def _container(raw: bytes, members: Mapping[str, bytes]) -> list[str]:
    """Whether the archive around whole members is the one that was made: not one byte of its headers may differ."""
    names = [name for name in (ROOT, INDEX) if name in members]
    ordered = {name: members[name] for name in (*names, *sorted(set(members) - set(names)))}
    expected = build(ordered)
    if raw == expected:
        return []
    at = next(
        (i for i, (a, b) in enumerate(zip(raw, expected, strict=False)) if a != b),
        min(len(raw), len(expected)),
    )
    start = 0
    for name, data in ordered.items():
        end = start + _HEADER + len(name) + len(data)
        if at < end:
            return [f"{name}: its header in the archive was altered (byte {at})"]
        start = end
    return [f"(archive): its directory was altered (byte {at}); every member is whole"]


def _scanned(raw: bytes) -> dict[str, bytes]:
    """The members read from front to back, without the directory at the end of the archive."""
    members: dict[str, bytes] = {}
    at = 0
    while raw[at : at + 4] == b"PK\x03\x04":
        size, length = (
            int.from_bytes(raw[at + 18 : at + 22], "little"),
            int.from_bytes(raw[at + 26 : at + 28], "little"),
        )
        name = raw[at + _HEADER : at + _HEADER + length].decode("utf-8", "replace")
        begin = at + _HEADER + length
        members[name] = raw[begin : begin + size]
        at = begin + size
    return members


def _read_folder(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def _noted(heads: Path, anchor: Mapping[str, Any]) -> bool:
    lines = heads.read_text(encoding="utf-8", errors="replace").splitlines()
    return any(line.split(" ")[:2] == [str(anchor["number"]), anchor["hash"]] for line in lines)


def main(words: list[str] | None = None) -> int:
    """Verify as told on the command line; returns 0 where the pack holds, 1 where it does not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pack", type=Path, nargs="?", default=Path(__file__).parent)
    parser.add_argument("--root", help="the hash that was printed when the pack was made")
    parser.add_argument(
        "--heads", type=Path, metavar="FILE", help="a copy of audit-heads.log from outside the system"
    )
    told = parser.parse_args(words)
    if told.pack.is_dir():
        members = _read_folder(told.pack)
        found = problems_in(members, told.root)
    else:
        raw = told.pack.read_bytes()
        members = _scanned(raw)
        found = problems_of(raw, told.root)
    for problem in found:
        print(f"BROKEN: {problem}.")
    if found:
        return 1
    index = json.loads(members[INDEX])
    anchor = index.get("anchor")
    if told.heads and anchor and not _noted(told.heads, anchor):
        print(
            f"BROKEN: audit/trail.jsonl: its anchor, entry {anchor['number']}, was not noted in {told.heads.name}."
        )
        return 1
    print(f"The pack holds: {len(index['members'])} members, root {sha256(members[INDEX])}.")
    if told.root:
        print(
            "Proved against the root that you gave: no member was altered, removed or added since it was printed."
        )
    else:
        print(
            "No root was given, so only agreement inside the pack is shown. Compare the root above with the printed one."
        )
    if index.get("manifest_hash"):
        print(f"The renditions and signatures are those of the manifest {index['manifest_hash']}.")
    if anchor:
        noted = (
            "noted outside the system" if told.heads else "not compared with anything outside (give --heads)"
        )
        print(f"The audit trail is whole from its first entry here to entry {anchor['number']}, {noted}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
