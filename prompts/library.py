"""The house's own wording: phrases of structure for readers, instructions for models. Each file has a version."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_HERE = Path(__file__).parent / "templates"
_VERSION = re.compile(r"\{#-?\s*version:\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """One template file: its macros are phrases. A missing value raises `jinja2.UndefinedError`: nothing is guessed."""

    name: str
    """File name without its ending, for instance `email.fr`."""
    version: str
    sha256: str

    def phrase(self, macro: str, **values: object) -> str:
        """The phrase in one line, white space at its ends and doubled inside removed. Raises KeyError if unknown."""
        module = _template(self.name).make_module(values)
        found = getattr(module, macro, None)
        if found is None:
            raise KeyError(f"{self.name} has no phrase {macro}")
        return re.sub(r"[ \n\t]+", " ", str(found())).strip()

    def phrases(self) -> list[str]:
        """The names of its phrases."""
        return re.findall(r"\{% macro (\w+)\(", (_HERE / f"{self.name}.j2").read_text("utf-8"))

    def render(self, **values: object) -> str:
        """The whole file, for instructions to a model."""
        return _template(self.name).render(values).strip()

    def provenance(self) -> Mapping[str, str]:
        """Name, version and digest, as a draft keeps them."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256}


@cache
def phrasebook(name: str) -> Phrasebook:
    """Open `templates/<name>.j2`. Raises FileNotFoundError; ValueError where its first line states no version."""
    data = (_HERE / f"{name}.j2").read_bytes()
    version = _VERSION.match(data.decode())
    if version is None:
        raise ValueError(f"{name}.j2 does not begin with its version")
    return Phrasebook(name, version[1], hashlib.sha256(data).hexdigest())


def stored_templates() -> dict[str, tuple[str, bytes]]:
    """Digest and text of every template that is installed, by name."""
    stored = {file.stem: file.read_bytes() for file in sorted(_HERE.glob("*.j2"))}
    return {name: (hashlib.sha256(data).hexdigest(), data) for name, data in stored.items()}


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Plain text, never HTML: escaping is the business of whoever renders a page.
    return Environment(loader=FileSystemLoader(_HERE), undefined=StrictUndefined, autoescape=False)  # noqa: S701


@cache
def _template(name: str) -> "Template":
    return _environment().get_template(f"{name}.j2")
