"""The label of the sample: two versions of the SmPC in English and of the RCP in French.

The words stand in `en.md` and `fr.md`; `text.py` reads them, `layout.py` makes the PDF.
"""

from datetime import date
from pathlib import Path

from eval.sample.labels.text import load

VERSIONS = {1: date(2025, 2, 14), 2: date(2026, 6, 30)}
"""The versions of the label, each with the day on which it was approved."""


def make(language: str, version: int, out: Path) -> Path:
    """Write `label-v<version>.pdf` in `language` ("en" or "fr") into the folder `out` and return its path."""
    from eval.sample.labels.layout import write

    path = out / f"label-v{version}.pdf"
    write(load(language), version, VERSIONS[version], path)
    return path
