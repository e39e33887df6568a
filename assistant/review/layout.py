"""A document laid out for readers: blocks in order and numbered references, before any format is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.review.model import Piece, Revision
from guardrails.model import Citation, Locator, Segment

BlockKind = Literal["heading", "paragraph", "statements", "points", "question"]

SECTIONS = frozenset({"section", "avoid_heading"})
"""Roles of `structure` that begin a section."""
SUBSECTIONS = frozenset({"theme", "expected_question"})
"""Roles that stand above what follows, within a section where there is one."""
POINTS = frozenset({"avoid", "document"})
"""Roles that are listed."""
FOOTER = frozenset({"mention", "unsubscribe", "footer"})
"""Roles that stand at the foot, whatever their order in the document."""
_SUBJECT, _TITLE, _PREHEADER = "subject", "title", "preheader"
HEAD = (_TITLE, _SUBJECT, _PREHEADER)
"""Roles that stand above everything, in this order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One segment as it is read: its text, and the numbers of the references that carry it."""

    id: str
    role: str
    text: str
    language: str
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list of statements or points, or a quiz question with its options and feedback."""

    kind: BlockKind
    lines: tuple[Line, ...]
    options: tuple[Line, ...] = ()
    key: int | None = None
    """Of a question: which option is right, counted from 0."""
    feedback: tuple[Line, ...] = ()
    number: int = 0
    """Of a question, counted from 1."""
    level: int = 2
    """Of a heading: 2 or 3."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a number in the text stands for."""

    number: int
    title: str
    """Bibliographic reference where the source has one, else its title."""
    place: str
    quote: str
    language: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A piece for readers, in its own language."""

    language: str
    kind: str
    title: str
    subject: str | None
    preheader: str | None
    product: str
    body: tuple[Block, ...]
    footer: tuple[Line, ...]
    references: tuple[Reference, ...]
    words: Mapping[str, str]
    """Fixed words of the page, in its language."""
    editor: str
    """Printed name of the person who saved this revision."""
    piece: str
    revision: int
    provenance: str
    """Machine-readable mark of how the text came about: JSON."""
    banner: str = ""
    """Stands above everything in a copy that is not an approved rendition."""

    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        inner = [line for block in self.body for line in (*block.lines, *block.options, *block.feedback)]
        return (*inner, *self.footer)


WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "references": "References",
        "show_references": "Show the references",
        "page": "page",
        "slide": "slide",
        "at": "at",
        "question": "Question",
        "answer": "Show the answer",
        "right": "Right answer",
        "subject": "Subject",
        "made": "Composed with an automated system from quotes of approved sources.",
        "editor": "Responsible editor",
        "revision": "Revision",
        "key-moments": "Key moments",
        "quiz": "Quiz",
        "email": "E-mail",
        "brief": "Visit brief",
        "text": "Text",
        "spelled": "Characters written out",
        "not_approved": "Not an approved rendition: for work only, not to be distributed.",
        "opened": "“",
        "closed": "”",
        "colon": ":",
    },
    "fr": {
        "references": "Références",
        "show_references": "Voir les références",
        "page": "page",
        "slide": "diapositive",
        "at": "à",
        "question": "Question",
        "answer": "Voir la réponse",
        "right": "Bonne réponse",
        "subject": "Objet",
        "made": "Composé avec un système automatisé à partir de citations de sources approuvées.",
        "editor": "Responsable de la rédaction",
        "revision": "Révision",
        "key-moments": "Points clés",
        "quiz": "Quiz",
        "email": "E-mail",
        "brief": "Fiche de visite",
        "text": "Texte",
        "spelled": "Caractères écrits en clair",
        "not_approved": "Version non approuvée : document de travail, à ne pas diffuser.",
        "opened": "«\u00a0",
        "closed": "\u00a0»",
        "colon": "\u00a0:",
    },
}


def lay_out(
    piece: Piece,
    revision: Revision,
    product: str,
    references: Mapping[str, str],
    editor: str,
    provenance: str,
) -> Layout:
    """Lay out a revision. `references` holds the bibliographic reference of each source that has one, by source id."""
    document = revision.document
    words = WORDS[document.language]
    numbered = _Numbering(references, words)
    segments = [s for s in document.segments if s.role not in HEAD]
    body = _blocks(_with_tokens([s for s in segments if s.role not in FOOTER]), numbered)
    footer = _with_tokens([s for s in segments if s.role in FOOTER])
    return Layout(
        language=document.language,
        kind=document.kind,
        title=_text_of(document.segments, _TITLE) or document.title,
        subject=_text_of(document.segments, _SUBJECT),
        preheader=_text_of(document.segments, _PREHEADER),
        product=product,
        body=body,
        footer=tuple(numbered.line(s) for s in footer),
        references=tuple(numbered.references),
        words=words,
        editor=editor,
        piece=piece.id,
        revision=revision.number,
        provenance=provenance,
    )


def _text_of(segments: Sequence[Segment], role: str) -> str | None:
    return next((segment.text for segment in segments if segment.role == role), None)


class _Numbering:
    """Gives each quote its number, in order of first use; the same quote of the same source has one number."""

    def __init__(self, references: Mapping[str, str], words: Mapping[str, str]) -> None:
        self._titles = references
        self._words = words
        self._numbers: dict[tuple[str, str], int] = {}
        self.references: list[Reference] = []

    def line(self, segment: Segment, *, with_refs: bool = True) -> Line:
        refs = tuple(dict.fromkeys(self._number(cited) for cited in segment.citations)) if with_refs else ()
        return Line(segment.id, segment.role, segment.text, segment.language, refs)

    def _number(self, cited: Citation) -> int:
        key = (cited.source, cited.quote_sha256)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.references.append(
                Reference(
                    number=self._numbers[key],
                    title=(self._titles.get(cited.source) or cited.title).rstrip(". "),
                    place=place_of(cited.locator, self._words),
                    quote=cited.quote,
                    language=cited.quote_language,
                )
            )
        return self._numbers[key]


def place_of(locator: Locator, words: Mapping[str, str]) -> str:
    """Where it stands, as a person says it: "page 12, 4.2 Posology", "slide 3", "at 00:12:40"."""
    if locator.page is not None:
        place = f"{words['page']} {locator.page}"
    elif locator.slide is not None:
        place = f"{words['slide']} {locator.slide}"
    elif locator.start is not None:
        place = f"{words['at']} {_clock(locator.start)}"
    else:
        place = ""
    return ", ".join(part for part in (place, locator.section.rstrip(". ")) if part)


def _clock(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"


def _with_tokens(segments: Sequence[Segment]) -> list[Segment]:
    """A token that follows a line of its own role stands on that line: "Dear {{recipient_name}}"."""
    joined: list[Segment] = []
    for segment in segments:
        if segment.kind == "token" and joined and joined[-1].role == segment.role:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {segment.text}")
        else:
            joined.append(segment)
    return joined


def _blocks(segments: Sequence[Segment], numbered: _Numbering) -> tuple[Block, ...]:
    """Statements and points that follow one another become one list; a quiz question gathers its group."""
    questions = {s.group for s in segments if s.kind == "question" and s.group}
    blocks: list[Block] = []
    done: set[str] = set()
    in_section = False
    for segment in segments:
        if segment.group not in questions:
            in_section = in_section or segment.role in SECTIONS
            block = _block(segment, numbered.line(segment), in_section=in_section)
            if block.kind in {"statements", "points"} and blocks and blocks[-1].kind == block.kind:
                previous = blocks.pop()
                block = replace(previous, lines=(*previous.lines, *block.lines))
            blocks.append(block)
        elif segment.group not in done:
            done.add(segment.group)
            group = [s for s in segments if s.group == segment.group]
            blocks.append(_question(group, len(done), numbered))
    return tuple(blocks)


def _block(segment: Segment, line: Line, *, in_section: bool) -> Block:
    if segment.kind == "statement":
        return Block("statements", (line,))
    if segment.role in POINTS:
        return Block("points", (line,))
    if segment.role in SECTIONS:
        return Block("heading", (line,))
    if segment.role in SUBSECTIONS:
        return Block("heading", (line,), level=3 if in_section else 2)
    return Block("paragraph", (line,))


def _question(group: Sequence[Segment], number: int, numbered: _Numbering) -> Block:
    """Options show no reference: it would give the answer away; the feedback carries it."""
    options = [s for s in group if s.kind == "option"]
    return Block(
        "question",
        lines=tuple(numbered.line(s, with_refs=False) for s in group if s.kind == "question"),
        options=tuple(numbered.line(s, with_refs=False) for s in options),
        key=next((i for i, option in enumerate(options) if option.role == "key"), None),
        feedback=tuple(numbered.line(s) for s in group if s.kind not in {"question", "option"}),
        number=number,
    )
