"""Office files are ZIP archives of XML: opening them without falling for bombs.

Every limit is checked before anything is expanded; no entity is resolved and nothing is fetched.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ingestion.errors import EncryptedFile, FileTooLarge, UnreadableFile

MAX_MEMBERS = 20_000
MAX_EXPANDED = 1_000 * 1024 * 1024
MAX_XML = 64 * 1024 * 1024
MAX_RATIO = 250
"""Of expanded to packed size, for members above `_SMALL`; text of real decks packs by 5 to 60."""
_SMALL = 4 * 1024 * 1024
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """An opened and measured archive. Raises UnreadableFile, EncryptedFile or FileTooLarge when made."""

    def __init__(self, path: Path) -> None:
        """Check the directory of the archive."""
        self._name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        # NotImplementedError is what zipfile raises for a version or compression that it does not know.
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.unreadable(f"is a damaged archive: {error}") from error
        try:
            self._measure()
        except BaseException:
            self._zip.close()
            raise
        self._names = {info.filename for info in self._zip.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def unreadable(self, why: str) -> UnreadableFile:
        """The refusal of this file."""
        return UnreadableFile(
            f"{self._name} {why}.",
            help="Open it in its own program, save it again, and add that copy.",
            file=self._name,
        )

    def _measure(self) -> None:
        members = self._zip.infolist()
        expanded = sum(member.file_size for member in members)
        dense = [
            m for m in members if m.file_size > _SMALL and m.file_size > MAX_RATIO * max(m.compress_size, 1)
        ]
        if len(members) > MAX_MEMBERS or expanded > MAX_EXPANDED or dense:
            raise FileTooLarge(
                f"{self._name} would expand to {expanded / 1e6:.0f} MB in {len(members)} parts: it is refused unread.",
                help="Make the pictures smaller or split the file; if you did not make it, do not open it.",
                file=self._name,
            )
        if any(member.flag_bits & 1 for member in members):
            raise EncryptedFile(
                f"{self._name} is protected by a password.",
                help="Save a copy without the password and add that one.",
                file=self._name,
            )

    @property
    def name(self) -> str:
        """The file's name."""
        return self._name

    def names(self, pattern: str) -> list[str]:
        """The members whose whole name matches, shortest first, then in order."""
        return sorted((n for n in self._names if re.fullmatch(pattern, n)), key=lambda n: (len(n), n))

    def xml(self, name: str) -> Any:
        """The root element of a part. Raises KeyError if there is none, UnreadableFile if it cannot be read."""
        from lxml import etree

        if name not in self._names:
            raise KeyError(name)
        data = self.bytes(name)
        if _DOCTYPE.search(data):
            raise self.unreadable("declares XML entities, which no office program writes: it is refused")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.unreadable(f"holds damaged XML in {name}: {error}") from error

    def bytes(self, name: str) -> bytes:
        """The bytes of a part of bounded size."""
        if self._zip.getinfo(name).file_size > MAX_XML:
            raise FileTooLarge(
                f"{self._name} has a part of more than {MAX_XML / 1e6:.0f} MB ({name}).",
                help="Split the file.",
                file=self._name,
            )
        try:
            return self._zip.read(name)
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,  # zipfile's, for a compression that it does not know
            RuntimeError,
        ) as error:
            raise self.unreadable(f"has a damaged part {name}: {error}") from error
        except Exception as error:
            if type(error).__module__ == "zlib":
                raise self.unreadable(f"has a damaged part {name}: {error}") from error
            raise

    def refuse_entities(self) -> None:
        """Refuse the file if any XML part declares entities; for readers that parse by themselves."""
        for name in self._names:
            if name.endswith((".xml", ".rels", ".vml")) and _DOCTYPE.search(self.bytes(name)):
                raise self.unreadable("declares XML entities, which no office program writes: it is refused")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """By relationship id: the last word of the relationship's type, and the part it leads to."""
        folder, name = posixpath.split(part)
        try:
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        except (KeyError, UnreadableFile):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for item in root.iter(_RELATIONSHIP):
            if item.get("TargetMode") == "External":
                continue
            target = item.get("Target") or ""
            path = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            found[item.get("Id") or ""] = ((item.get("Type") or "").rsplit("/", 1)[-1], path)
        return found
