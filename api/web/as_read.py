"""The rendition of a piece for the review screen: its own markup, with each text of the piece to be chosen in it.

It is read from the bytes that are signed. Whatever is not the exact text of a segment stays plain markup, and of that
only what the template of renditions writes is let through, so that no stored byte can do more here than be read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

from api.web.reading_order import HEADINGS, Row
from assistant.review.renditions import visible

_BLOCKS = frozenset({"header", "main", "footer", "section", "h1", "h2", "h3", "p", "ul", "ol", "li"})
_TAGS = _BLOCKS | {"sup", "a", "q", "span", "details", "summary"}
_ATTRIBUTES = frozenset({"id", "class", "lang", "type", "href", "role", "aria-labelledby"})
_LEVELS = {"h1": "2", "h2": "3", "h3": "4"}
"""The desk's page has a heading of its own above the piece's."""
_CITES = re.compile(r"cite-(.+)-(\d+)")
_REFERENCE = re.compile(r"ref-(\d+)")
_JOINER = "\u2060"
"""Keeps the number of a reference on the line of what it carries."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the page: markup as it is, a text to be chosen, the end of the element that holds it, what cites a
    reference, or a place where something was left out.
    """

    kind: Literal["markup", "text", "end", "cited", "left_out"]
    markup: Markup = field(default_factory=Markup)
    lineage: str = ""
    text: str = ""
    rest: str = ""
    """What stands on the line behind the text: the tokens that the sending system fills."""
    citing: tuple[str, ...] = ()
    count: int = 0
    in_list: bool = False


@dataclass(frozen=True, slots=True)
class AsRead:
    """A piece as its reader sees it."""

    language: str
    look: str
    """Class of its body: the kind of piece."""
    parts: tuple[Part, ...]
    elsewhere: frozenset[str]
    """Lineages of texts that do not stand on the page, such as the title of an e-mail that has a subject."""


@dataclass(slots=True)
class _Place:
    lineage: str
    text: str
    rest: str


@dataclass(slots=True)
class _Node:
    tag: str
    attrs: dict[str, str]
    children: list["_Node | _Place | str"] = field(default_factory=list)

    @property
    def lineage(self) -> str:
        return next((one.lineage for one in self.children if isinstance(one, _Place)), "")

    @property
    def reference(self) -> int:
        found = _REFERENCE.fullmatch(self.attrs.get("id", "")) if self.tag == "li" else None
        return int(found[1]) if found else 0


def as_read(html: str, rows: Sequence[Row], shown: AbstractSet[str]) -> AsRead:
    """The page with the texts in `shown` and what frames them; `rows` are all texts of the piece."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    places = _Places(rows)
    places.find(tree.body)
    known = {lineage for row in rows for lineage in (row.segment.id, *(o.id for o in row.options))}
    every = known <= shown
    parts = _merged(_Writer(places.citing, None if every else shown).written(tree.body))
    return AsRead(
        tree.language, tree.body.attrs.get("class", ""), tuple(parts), frozenset(known - places.found)
    )


class _Tree(HTMLParser):
    """The body of a rendition. What the template does not write is left out, never its text."""

    def __init__(self) -> None:
        super().__init__()
        self.language = "en"
        self.body = _Node("div", {})
        self._open: list[_Node] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang") or "en"
        elif tag == "body":
            self.body.attrs = {"class": given.get("class", "")}
            self._open = [self.body]
        elif self._open and tag in _TAGS:
            kept = {name: value for name, value in given.items() if name in _ATTRIBUTES}
            if not kept.get("href", "#").startswith("#"):
                del kept["href"]
            node = _Node(tag, kept)
            self._open[-1].children.append(node)
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag == "body":
            self._open = []
        elif len(self._open) > 1 and any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].children.append(data)


class _Places:
    """Where each segment's text stands: at its id, or, of titles and headings, at the next one that says just this."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.found: set[str] = set()
        self.citing: dict[int, list[str]] = {}
        self._texts: dict[str, tuple[str, str]] = {}
        for row in rows:
            self._texts[row.segment.id] = (row.segment.text, "".join(f" {one.text}" for one in row.tokens))
            self._texts |= {option.id: (option.text, "") for option in row.options}
        self._without_id = [row.segment for row in rows if row.segment.kind == "structure"]

    def find(self, node: _Node) -> None:
        """Put a place into each element that holds a segment's text, from here on down."""
        if cites := _CITES.fullmatch(node.attrs.get("id", "")):
            self.citing.setdefault(int(cites[2]), []).append(cites[1])
        for lineage in self._candidates(node):
            if self._place(node, lineage):
                node.attrs.pop("id", None)  # the text itself bears it: the address leads there
                self.found.add(lineage)
                break
        for child in node.children:
            if isinstance(child, _Node):
                self.find(child)

    def _candidates(self, node: _Node) -> Iterator[str]:
        own = node.attrs.get("id", "")
        if own in self._texts:
            if own not in self.found:
                yield own
            return
        classes = node.attrs.get("class", "").split()
        roles: AbstractSet[str] = frozenset()
        if node.tag == "h1":
            roles = {"subject"} if "subject" in classes else {"title"}
        elif node.tag in {"h2", "h3"} and not own:
            roles = HEADINGS
        elif node.tag == "p" and "preheader" in classes:
            roles = {"preheader"}
        yield from (one.id for one in self._without_id if one.role in roles and one.id not in self.found)

    def _place(self, node: _Node, lineage: str) -> bool:
        text, rest = (visible(one) for one in self._texts[lineage])
        for at, child in enumerate(node.children):
            if not isinstance(child, str):
                continue
            before = " " if node.tag == "h1" and not child.startswith(text) else ""
            line = before + text + rest
            if child.startswith(line) and not child[len(line) :].strip(_JOINER):
                around = (before, _Place(lineage, text, rest), child[len(line) :])
                node.children[at : at + 1] = [one for one in around if one]
                return True
        return False


class _Writer:
    """Writes the tree as parts, leaving out what is not shown."""

    def __init__(self, citing: Mapping[int, Sequence[str]], shown: AbstractSet[str] | None) -> None:
        self._citing = citing
        self._shown = shown

    def written(self, node: _Node) -> Iterator[Part]:
        """The inside of an element."""
        for left_out, group in groupby(self._kept(node), key=lambda pair: pair[0]):
            children = [child for _, child in group]
            if left_out:
                count = sum(len(list(_lineages(one))) for one in children)
                if count:
                    yield Part("left_out", count=count, in_list=node.tag in {"ul", "ol"})
                continue
            for child in children:
                if isinstance(child, _Place):
                    yield Part("text", lineage=child.lineage, text=child.text, rest=child.rest)
                elif isinstance(child, str):
                    yield Part("markup", escape(child))
                else:
                    yield from self._element(child)

    def _element(self, node: _Node) -> Iterator[Part]:
        attrs, tag = dict(node.attrs), node.tag
        if tag in _LEVELS:
            attrs["aria-level"] = _LEVELS[tag]
        elif tag == "details":
            attrs["open"] = ""  # whoever decides reads the answers, too
        elif tag == "main":
            tag, attrs["class"] = "div", "main"
        if node.reference:
            attrs["value"] = str(node.reference)
        inside = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in attrs.items())
        yield Part("markup", Markup("<{}{}>").format(tag, inside))
        yield from self.written(node)
        if node.lineage:
            yield Part("end", lineage=node.lineage)
        if node.reference:
            yield Part("cited", citing=tuple(self._citing.get(node.reference, ())))
        yield Part("markup", Markup("</{}>").format(tag))

    def _kept(self, node: _Node) -> Iterator[tuple[bool, "_Node | _Place | str"]]:
        """Each child with whether it is left out; the space behind one goes with it."""
        left_out = False
        for child in node.children:
            if not (isinstance(child, str) and not child.strip()):
                left_out = isinstance(child, _Node) and self._is_left_out(child)
            yield left_out, child

    def _is_left_out(self, child: _Node) -> bool:
        if self._shown is None:
            return False
        inside = set(_lineages(child))
        for number in _references(child):
            inside |= set(self._citing.get(number, ())) or {""}
        return bool(inside) and inside.isdisjoint(self._shown)


def _lineages(child: "_Node | _Place | str") -> Iterator[str]:
    if isinstance(child, _Place):
        yield child.lineage
    elif isinstance(child, _Node):
        for one in child.children:
            yield from _lineages(one)


def _references(node: _Node) -> Iterator[int]:
    if node.reference:
        yield node.reference
    for child in node.children:
        if isinstance(child, _Node):
            yield from _references(child)


def _merged(parts: Iterator[Part]) -> Iterator[Part]:
    """Runs of markup as one."""
    for is_markup, group in groupby(parts, key=lambda part: part.kind == "markup"):
        if is_markup:
            yield Part("markup", Markup("").join(part.markup for part in group))
        else:
            yield from group
