"""Slides. The parts of the archive are walked directly, so that decks that python-pptx refuses can be read as well.

A page is a slide: title, then the shapes as they stand from top to bottom and left to right, tables, charts and SmartArt
with their words; then what is not on the slide as it is shown: alternative texts, speaker notes and comments, each a layer
of its own. Footnotes that name a publication are a layer too: they are resolved where a quote is cited.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingestion.assembly import Block, Content, PageDraft, own_title
from ingestion.errors import FileTooLarge, IngestionError, UnreadableFile
from ingestion.formats.archive import Archive
from ingestion.formats.office import (
    DGM,
    MC,
    A,
    C,
    P,
    R,
    attribute,
    chart_table,
    drawn_table,
    is_struck,
    properties,
)
from ingestion.formats.pptx_alternatives import alternative, transform
from ingestion.formats.pptx_blocks import SENTENCE, alternatives, block_at, blocks_of, rectangle_of
from ingestion.formats.pptx_comments import authors, comments
from ingestion.formats.pptx_diagrams import diagram
from ingestion.formats.pptx_shapes import (
    EMU,
    FOOTERS,
    SLIDE,
    Box,
    Map,
    Shape,
    around,
    box_of,
    in_visual_order,
    inside,
    on_slide,
    stands_beside,
    texts_in,
)
from ingestion.formats.pptx_text import anchor, paragraphs, sizes
from ingestion.formats.tabbed import without_tabs
from ingestion.model import Rectangle, SentenceKind
from ingestion.quality import assess

MAX_SLIDES = 3_000
_TITLES = {"title", "ctrTitle"}
_BODIES = {None, "body", "obj", "subTitle", "tbl", "chart"}
_MAX_DEPTH = 20
MAX_PARAGRAPHS = 10_000
"""On one slide: a dense table has some hundreds."""


def read_pptx(path: Path) -> Content:
    """Read a deck. Raises UnreadableFile, EncryptedFile or FileTooLarge; a bad slide or shape is a warning."""
    with Archive(path) as archive:
        return _Deck(archive).read()


class _Deck:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._bad_shapes: list[str] = []
        self._commented: list[str] = []
        self._struck: list[str] = []
        self._beside: list[str] = []
        self._authors = authors(archive)
        self._placeholders: dict[str, dict[tuple[str, str], Box]] = {}
        self.width, self.height = 720.0, 540.0

    def read(self) -> Content:
        """All visible slides."""
        parts = self._slide_parts()
        drafts: list[PageDraft] = []
        hidden: list[str] = []
        bad: list[str] = []
        for number, part in enumerate(parts[:MAX_SLIDES], start=1):
            try:
                root = self._archive.xml(part)
            except (KeyError, UnreadableFile):
                bad.append(str(number))
                continue
            if (root.get("show") or "1").lower() in {"0", "false"}:
                hidden.append(str(number))
                continue
            self._require_bounded(number, root)
            drafts.append(self._slide(number, part, root))
        if not drafts and not hidden:
            raise self._archive.unreadable("has no slide that can be read")
        _mark_repeated(drafts)
        _judge(drafts)
        warnings = [
            f"{code}:{','.join(numbers[:50])}"
            for code, numbers in (
                ("hidden_slides", hidden),
                ("slides_unread", bad),
                ("shapes_unread", list(dict.fromkeys(self._bad_shapes))),
                ("comments", list(dict.fromkeys(self._commented))),
                ("struck_text", self._struck),
                ("hidden_text", self._beside),
            )
            if numbers
        ]
        title, metadata = properties(self._archive)
        first = drafts[0].title if drafts else None
        return Content(drafts, first or own_title(title), metadata, warnings)

    def _slide_parts(self) -> list[str]:
        """The slides in the order of the presentation; where that cannot be read, by their file names."""
        try:
            root = self._archive.xml("ppt/presentation.xml")
        except (KeyError, UnreadableFile):
            return self._archive.names(r"ppt/slides/slide\d+\.xml")
        size = root.find(f"{P}sldSz")
        if size is not None:
            self.width = attribute(size.get("cx"), 9_144_000) / EMU
            self.height = attribute(size.get("cy"), 6_858_000) / EMU
        related = self._archive.related("ppt/presentation.xml")
        parts = [
            related[key][1]
            for item in root.iter(f"{P}sldId")
            if (key := item.get(f"{R}id") or "") in related and related[key][0] == "slide"
        ]
        return parts or self._archive.names(r"ppt/slides/slide\d+\.xml")

    def _require_bounded(self, number: int, root: Any) -> None:
        paragraphs = sum(1 for _ in root.iter(f"{A}p"))
        if paragraphs > MAX_PARAGRAPHS:
            raise FileTooLarge(
                f"Slide {number} of {self._archive.name} has {paragraphs} paragraphs; the limit is {MAX_PARAGRAPHS}.",
                help="Take away what no reader can see, or split the slide.",
                file=self._archive.name,
            )

    def _slide(self, number: int, part: str, root: Any) -> PageDraft:
        related = self._archive.related(part)
        layout = next((target for kind, target in related.values() if kind == "slideLayout"), None)
        tree = root.find(f"{P}cSld/{P}spTree")
        shapes = list(self._shapes(tree, SLIDE, related, layout, number, 0)) if tree is not None else []
        shown = [kept for shape in shapes if (kept := on_slide(shape, self.width, self.height)) is not None]
        if sum(map(texts_in, shown)) < sum(map(texts_in, shapes)):
            self._beside.append(str(number))
        shapes = shown
        if any(is_struck(run) for run in root.iter(f"{A}rPr")):
            self._struck.append(str(number))
        title, shapes = self._take_title(shapes)
        blocks: list[Block] = []
        if title is not None:
            text = without_tabs(" ".join(text for text, _ in title.paragraphs))
            blocks.append(block_at(text, title.box, "title", "heading"))
        for shape in in_visual_order(shapes):
            blocks.extend(blocks_of(shape))
        blocks.extend(self._unseen(shapes if title is None else [title, *shapes], related, number))
        return PageDraft(
            number,
            blocks,
            self.width,
            self.height,
            title=blocks[0].text.replace("\n", " ") if title is not None else None,
            crosses=False,
        )

    def _unseen(
        self, shapes: list[Shape], related: dict[str, tuple[str, str]], number: int
    ) -> Iterator[Block]:
        """What the slide holds and does not show: alternative texts, notes, comments."""
        for shape in shapes:
            yield from alternatives(shape)
        for kind, part in related.values():
            if kind == "notesSlide":
                yield from self._notes(part, number)
        for kind, part in related.values():
            if kind == "comments":
                yield from self._comments(part, number)

    def _comments(self, part: str, number: int) -> Iterator[Block]:
        try:
            root = self._archive.xml(part)
        except (KeyError, UnreadableFile):
            self._bad_shapes.append(str(number))
            return
        for text in comments(root, self._authors):
            self._commented.append(str(number))
            yield Block(text, "comment", wraps=False)

    def _take_title(self, shapes: list[Shape]) -> tuple[Shape | None, list[Shape]]:
        """The title placeholder, or else a short text alone at the slide's head."""
        for shape in shapes:
            if shape.role in _TITLES and shape.paragraphs:
                return shape, [s for s in shapes if s is not shape]
        texts = [s for s in shapes if s.paragraphs and s.role not in FOOTERS]
        first = min(texts, key=lambda s: s.box[1], default=None)
        if (
            first is not None
            and len(first.paragraphs) == 1
            and len(first.paragraphs[0][0]) <= 120  # noqa: PLR2004  longer text is no title
            and first.box[1] < self.height / 4
            and not SENTENCE.search(first.paragraphs[0][0])
            and (first.box[2] - first.box[0]) > self.width / 3
            and not any(stands_beside(first, other) for other in texts)
        ):
            return first, [s for s in shapes if s is not first]
        return None, shapes

    def _shapes(
        self,
        parent: Any,
        place: Map,
        related: dict[str, tuple[str, str]],
        layout: str | None,
        number: int,
        depth: int,
    ) -> Iterator[Shape]:
        """The shapes of a tree; one that cannot be read is counted and left out."""
        for item in parent:
            try:
                shape = self._shape(item, place, related, layout, number, depth)
            except (IngestionError, KeyError, ValueError, TypeError, AttributeError, RecursionError):
                self._bad_shapes.append(str(number))
                continue
            if shape is not None:
                yield shape

    def _shape(
        self,
        item: Any,
        place: Map,
        related: dict[str, tuple[str, str]],
        layout: str | None,
        number: int,
        depth: int,
    ) -> Shape | None:
        if item.tag == f"{MC}AlternateContent":
            choice = item.find(f"{MC}Choice")
            choice = choice if choice is not None and len(choice) else item.find(f"{MC}Fallback")
            inner = (
                list(self._shapes(choice, place, related, layout, number, depth + 1))
                if choice is not None
                else []
            )
            return Shape(around(inner), None, children=inner) if inner else None
        if item.tag == f"{P}grpSp" and depth < _MAX_DEPTH:
            inner = list(self._shapes(item, inside(item, place), related, layout, number, depth + 1))
            return Shape(around(inner), None, children=inner) if inner else None
        shape = None
        if item.tag == f"{P}graphicFrame":
            shape = self._frame(item, place, related)
        elif item.tag in {f"{P}sp", f"{P}cxnSp"}:
            shape = self._text_shape(item, place, layout)
        alt = alternative(item)
        if alt and shape is None:
            shape = Shape(box_of(transform(item), place) or (0.0, 0.0, self.width, self.height), None)
        if alt and shape is not None:
            shape.alt = alt
        return shape

    def _text_shape(self, item: Any, place: Map, layout: str | None) -> Shape | None:
        placeholder = item.find(f".//{P}nvPr/{P}ph")
        role = placeholder.get("type") if placeholder is not None else None
        body = item.find(f"{P}txBody")
        if body is None:
            return None
        listed = placeholder is not None and role in _BODIES
        found = list(paragraphs(body, listed=listed))
        if not found:
            return None
        box = box_of(item.find(f"{P}spPr/{A}xfrm"), place)
        if box is None and placeholder is not None:
            box = self._inherited(layout, role or "body", placeholder.get("idx") or "0")
        return Shape(
            box or (0.0, 0.0, self.width, self.height),
            role,
            found,
            sizes=list(sizes(body, title=role in _TITLES)),
            anchor=anchor(body),
        )

    def _frame(self, item: Any, place: Map, related: dict[str, tuple[str, str]]) -> Shape | None:
        box = box_of(item.find(f"{P}xfrm"), place) or (0.0, 0.0, self.width, self.height)
        table = item.find(f".//{A}tbl")
        if table is not None:
            return Shape(box, None, table=drawn_table(table, rectangle_of(box)))
        chart = item.find(f".//{C}chart")
        if chart is not None:
            _, part = related[chart.get(f"{R}id") or ""]
            caption, numbers = chart_table(self._archive.xml(part))
            return Shape(box, None, table=numbers, caption=caption)
        drawing = item.find(f".//{DGM}relIds")
        if drawing is not None:
            return diagram(self._archive, drawing, related, box)
        return None

    def _inherited(self, part: str | None, role: str, index: str, depth: int = 0) -> Box | None:
        """The place of a placeholder as its layout or master has it."""
        if part is None or depth > 1:
            return None
        if part not in self._placeholders:
            self._placeholders[part] = dict(self._places(part))
        places = self._placeholders[part]
        same = places.get((role, index)) or next(
            (
                box
                for (kind, number), box in places.items()
                if (number == index and index != "0") or kind == role
            ),
            None,
        )
        if same is not None:
            return same
        master = next((t for kind, t in self._archive.related(part).values() if kind == "slideMaster"), None)
        return self._inherited(master, "title" if role == "ctrTitle" else role, index, depth + 1)

    def _places(self, part: str) -> Iterator[tuple[tuple[str, str], Box]]:
        try:
            root = self._archive.xml(part)
        except (KeyError, UnreadableFile):
            return
        for item in root.iter(f"{P}sp"):
            placeholder = item.find(f".//{P}nvPr/{P}ph")
            box = box_of(item.find(f"{P}spPr/{A}xfrm"), SLIDE)
            if placeholder is not None and box is not None:
                yield (placeholder.get("type") or "body", placeholder.get("idx") or "0"), box

    def _notes(self, part: str, number: int) -> Iterator[Block]:
        try:
            root = self._archive.xml(part)
        except (KeyError, UnreadableFile):
            self._bad_shapes.append(str(number))
            return
        for item in root.iter(f"{P}sp"):
            placeholder = item.find(f".//{P}nvPr/{P}ph")
            body = item.find(f"{P}txBody")
            if body is None or placeholder is None or placeholder.get("type") != "body":
                continue
            for text, listed in paragraphs(body, listed=False):
                kind: SentenceKind = "bullet" if listed and not SENTENCE.search(text) else "sentence"
                yield Block(without_tabs(text), "notes", kind)


def _mark_repeated(drafts: list[PageDraft]) -> None:
    """Text that stands at one place on most slides is furniture, whatever kind of shape holds it."""
    seen: Counter[tuple[str, Rectangle]] = Counter()
    for draft in drafts:
        seen.update({(b.text, b.boxes[0][2]) for b in draft.blocks if b.boxes and b.layer == "body"})
    often = {key for key, count in seen.items() if count >= max(3, len(drafts) / 2)}
    for draft in drafts:
        for block in draft.blocks:
            if block.layer == "body" and block.boxes and (block.text, block.boxes[0][2]) in often:
                block.layer = "furniture"


def _judge(drafts: list[PageDraft]) -> None:
    for draft in drafts:
        visible = "\n".join(
            block.text for block in draft.blocks if block.layer not in {"furniture", "alt", "comment"}
        )
        draft.quality, draft.reasons = assess(visible, prose=False)
