"""The words of the deck, read from the data files beside this module."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from eval.sample.typography import polish_all


@dataclass(frozen=True, slots=True)
class Chart:
    """A clustered bar chart: one value per category in each series, shown in the spreadsheet format `format`."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    format: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing of the mechanism: a cause, the organs inside an outer box, and the effect of the medicine."""

    left: str
    outer: str
    inner: str
    items: tuple[str, ...]
    right: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide. Bullets mark references as `^1^`; the first row of a table is its header.

    `widths` are the columns' shares of the table in percent.
    """

    title: str
    bullets: tuple[str, ...] = ()
    subtitle: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    chart: Chart | None = None
    diagram: Diagram | None = None
    footnotes: tuple[str, ...] = ()
    notes: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck in one language; `footer` stands at the foot of every slide but the first."""

    language: str
    footer: str
    slides: tuple[Slide, ...]


def load(language: str) -> Deck:
    """Return the deck in `language` ("en" or "fr")."""
    raw = yaml.safe_load((Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8"))
    words = polish_all(raw, language)
    assert isinstance(words, dict)
    return Deck(language, words["footer"], tuple(_slide(entry) for entry in words["slides"]))


def slide_text(slide: Slide) -> str:
    """Return every word and number of a slide, its notes included, one part a line."""
    parts = [slide.title, slide.subtitle, *slide.bullets, *slide.footnotes, slide.notes]
    parts += [cell for row in slide.rows for cell in row]
    if slide.chart:
        parts += [slide.chart.title, *slide.chart.categories]
        parts += [f"{name} {values}" for name, values in slide.chart.series]
    if slide.diagram:
        parts += [slide.diagram.left, slide.diagram.outer, slide.diagram.inner, *slide.diagram.items]
        parts.append(slide.diagram.right)
    return "\n".join(parts)


def _slide(entry: dict[str, Any]) -> Slide:
    table = entry.get("table", {"rows": (), "widths": ()})
    return Slide(
        title=entry["title"],
        bullets=tuple(entry.get("bullets", ())),
        subtitle=entry.get("subtitle", ""),
        rows=tuple(tuple(row) for row in table["rows"]),
        widths=tuple(int(share) for share in table["widths"]),
        chart=_chart(entry["chart"]) if "chart" in entry else None,
        diagram=Diagram(**{**entry["diagram"], "items": tuple(entry["diagram"]["items"])})
        if "diagram" in entry
        else None,
        footnotes=tuple(entry.get("footnotes", ())),
        notes=entry.get("notes", ""),
        hidden=entry.get("hidden", False),
    )


def _chart(entry: dict[str, Any]) -> Chart:
    series = tuple(
        (line["name"], tuple(float(value) for value in line["values"])) for line in entry["series"]
    )
    return Chart(entry["title"], tuple(entry["categories"]), series, entry["format"])
