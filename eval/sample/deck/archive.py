"""Makes a presentation file depend on its content alone: no clock in the archive or in the workbooks inside it."""

import re
import zipfile
from io import BytesIO

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
"""The system that the archive names as its maker, whatever the machine."""
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def normalised(archive: bytes, dated: str) -> bytes:
    """Return the Office file `archive` with fixed entry dates, `dated` (ISO 8601) as its creation date.

    Entries are stored without compression, so that the bytes do not depend on the machine's build of zlib.
    Workbooks embedded by charts are treated the same way.
    """
    result = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = normalised(content, dated)
            elif entry.filename == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>" + dated.encode() + rb"\g<3>", content)
            plain = zipfile.ZipInfo(entry.filename, _EPOCH)
            plain.create_system = _UNIX
            target.writestr(plain, content)
    return result.getvalue()
