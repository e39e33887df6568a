"""What each paragraph of a PDF is: heading, caption, list item, contents, prose with or without a run-in heading."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

import re
from itertools import pairwise
from typing import cast

from ingestion.assembly import LIST_MARK, Block
from ingestion.formats.pdf_lines import grid_block, lines_block
from ingestion.formats.pdf_style import NUMBERED, Style, heading_key, type_of
from ingestion.formats.pdf_words import Word
from ingestion.grid import Grid
from ingestion.paragraphs import LOST, Paragraph

_CAPTION = re.compile(
    r"(?:supplementa\w+ )?(?:tables?|tableaux?|figures?|fig\.|box|encadré|graphique|appendix table)\s*[A-Z]?\d*[IVX]*\d*(?:[.:–—|-]|\s|\Z)",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:ANNEX|ANNEXE|PART|PARTIE|CHAPTER|CHAPITRE)\s+[\dIVX]+\b|[A-F]\.\s+[A-ZÀ-Þ]{2}")
_ABSTRACT_LABEL = re.compile(
    r"(?:Background|Introduction|Context|Aims?|Objectives?|Purpose|Design|Setting|Participants|Patients|Interventions?|"
    r"Methods(?: and results)?|Measurements|Main outcome measures|Findings|Results|Interpretation|Conclusions?|Funding|"
    r"Trial registration(?: number)?|Registration|Keywords|Contexte|Objectifs?|Méthodes?|Matériel et méthodes|Résultats|"
    r"Financement|Mots[ -]clés)\b[:.]?(?= |\Z)",
    re.IGNORECASE,
)
_BACK_MATTER = re.compile(
    r"(?:references|bibliograph|références|acknowledg|remerciements|contribut|authors?\b|declaration|conflicts?\b|competing|"
    r"disclosure|funding|financement|liens d|data (?:availability|sharing)|supplementa|append|annexe|abbreviat|abréviat|"
    r"ethic|consent|footnotes?|notes\b|sources?\b|keywords?|mots)",
    re.IGNORECASE,
)
"""Headings that papers set in small type."""
_CONTENTS_LINE = re.compile(r"(?:\.{5}|(?:\. ){4}|…{2}).*\d\s*\Z", re.DOTALL)
"""An entry of a table of contents, with its dots and page number."""
_SAYS_SOMETHING = re.compile(r"[^\W_](?:.*?[^\W_]){2}", re.DOTALL)
"""Three letters or digits at least."""
_SMALL_PRINT = 0.83
"""Of the body's size: footnotes, legends and addresses, which are kept apart from the body."""
_LONGEST_FRAGMENT = 12
"""Words: a shorter line that stands alone without a stop is an item of a list without marks."""
_LONG_PARAGRAPH = 90
_LONGEST_HEADING = 180


def blocks_of(item: Paragraph | Grid, style: Style) -> list[Block]:  # noqa: PLR0911  one return per kind of block
    """What a paragraph or table is; a run-in heading makes two blocks of one paragraph."""
    if isinstance(item, Grid):
        return [grid_block(item, style)]
    lines = cast("list[list[Word]]", item.lines)
    text = " ".join(word.text for line in lines for word in line)
    if _CONTENTS_LINE.search(text):
        return [lines_block(lines, style, layer="furniture")]
    if _CAPTION.match(text) and (len(text) < 600) and _looks_like_caption(lines, style):
        return [lines_block(lines, style, layer="caption", runs_on=item.runs_on)]
    small = max(word.size for line in lines for word in line) <= _SMALL_PRINT * style.size
    level = _heading_level(text, lines, style, is_item=item.is_item)
    if level is not None and small and not _BACK_MATTER.match(text):
        level = None
    if level is not None:
        return [lines_block(lines, style, layer="heading", kind="heading", level=level)]
    if small or not _SAYS_SOMETHING.search(text):
        return [lines_block(lines, style, layer="caption", runs_on=item.runs_on)]
    fragment = len(lines) == 1 and len(lines[0]) <= _LONGEST_FRAGMENT and text.rstrip()[-1:] not in ".!?:;"
    if item.is_item or (fragment and not item.runs_on):
        return [lines_block(lines, style, kind="bullet", runs_on=item.runs_on)]
    run_in = _run_in_heading(lines, style)
    if run_in:
        first = lines[0][:run_in]
        rest = [line for line in [lines[0][run_in:], *lines[1:]] if line]
        return [
            lines_block(
                [first], style, layer="heading", kind="heading", level=_unnumbered_level(first, style) + 5
            ),
            lines_block(rest, style, runs_on=item.runs_on),
        ]
    return [lines_block(lines, style, runs_on=item.runs_on)]


def promote_headings(body: list[Block]) -> None:
    """Make headings of lines that stand alone without a mark or a stop above a paragraph of prose."""
    for block, following in pairwise(body):
        if (
            block.kind == "bullet"
            and following.kind == "sentence"
            and following.layer == "body"
            and len(following.text) > _LONG_PARAGRAPH
            and following.text[:1].isupper()
            and not LIST_MARK.match(block.text)
            and block.text[0] != LOST
            and len(block.text) > 3
            and not re.fullmatch(r"[\d\W]+\w{0,6}", block.text)
        ):
            block.layer, block.kind, block.level = "heading", "heading", 75


def _looks_like_caption(lines: list[list[Word]], style: Style) -> bool:
    """A caption begins in bold or italics, or has a stop or colon behind its number; a sentence does not."""
    first = lines[0][0]
    start = " ".join(word.text for word in lines[0][:3])
    return (
        (first.bold and not style.bold)
        or first.italic
        or first.size < style.size - 0.4
        or bool(re.match(r"\S+\s*[A-Z]?[\dIVX]*[.:–—|-]", start))
        or len(lines) == 1
    )


def _run_in_heading(lines: list[list[Word]], style: Style) -> int:
    """How many words of heading open a paragraph that goes on in another type; 0 for none.

    Bold before the body's type; or, in another font than what follows, a label of a structured abstract.
    """
    first = lines[0]
    label = _ABSTRACT_LABEL.match(" ".join(word.text for word in first[:4]))
    count = label[0].count(" ") + 1 if label else 0
    if not label or count >= len(first) or first[count].font == first[count - 1].font:
        count = 0
        while count < len(first) and first[count].bold and not style.bold:
            count += 1
    if not 0 < count <= 8 or count == len(first):
        return 0
    follows = first[count].text
    letters = "".join(word.text for word in first[:count])
    begins = letters[:1].isupper() and (follows[:1].isupper() or follows[:1].isdigit())
    return count if begins and len(letters) > 3 and not letters.endswith(",") else 0


def _heading_level(  # noqa: PLR0911  one rule after the other, the strongest first
    text: str, lines: list[list[Word]], style: Style, *, is_item: bool
) -> int | None:
    """The level of a heading, or None for prose. Numbered headings stand at ten times their depth."""
    if len(text) > _LONGEST_HEADING or len(lines) > 4 or sum(c.isalpha() for c in text) < 3:
        return None
    words = [word for line in lines for word in line]
    bold = all(word.bold for word in words) and not style.bold
    large = min(word.size for word in words) > style.size + 0.7
    listed = len(text) > 4 and heading_key(text) in style.outline
    ends = text.rstrip()[-1:]
    if _PART.match(text) and (bold or large or listed or text.isupper()):
        return 5 if text[1:2] == "." else 1
    numbered = NUMBERED.match(text)
    if numbered and (bold or large or listed) and ends not in ";,":
        return 10 * (numbered[1].count(".") + 1) + (1 if is_item and not (large or listed) else 0)
    if is_item and not listed:
        return None
    if ends in ";," or (ends == "." and not listed):
        return None
    capitals = text.isupper() and len(text) > 3 and sum(c.isalpha() for c in text) > 0.6 * len(text)
    if large or listed or (bold and ends != ":") or (capitals and len(lines) <= 2):
        return _unnumbered_level(words, style)
    lettered = [word for word in words if any(c.isalpha() for c in word.text)]
    if ends != "." and len(lines) <= 2 and all(word.underlined for word in lettered):
        return 65
    italic = all(word.italic for word in words)
    if italic and len(lines) == 1 and len(words) <= 12 and text[:1].isupper():
        return 70
    if len(lines) == 1 and _stands_alone(text, words):
        return 75
    return None


def _stands_alone(text: str, words: list[Word]) -> bool:
    """A lone short line that begins in upper case and has no stop: a heading without a type of its own."""
    return len(words) <= 9 and text[:1].isupper() and text.rstrip()[-1:].isalpha() and len(words[0].text) > 1


def _unnumbered_level(words: list[Word], style: Style) -> int:
    """Below the numbered headings in the same or in larger type, else by size; bold and capitals below these."""
    size = round(words[0].size * 2) / 2
    rank = style.ranks.get(size)
    if rank is not None and size > style.size + 0.7:
        depth = style.numbered.get(type_of(words[0]))
        larger = [deep for (other, _, _), deep in style.numbered.items() if other > size]
        if depth is None and larger:
            depth = max(larger)
        return 2 + rank if depth is None else 10 * depth + 5
    if "".join(word.text for word in words).isupper():
        return 50
    return 60
