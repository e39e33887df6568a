"""Where the columns of a table part, and which words of a visual row stand in which of them. Pure geometry."""
# ruff: noqa: PLR2004  proportions of type and page are clearest where they are used

from collections.abc import Iterable, Sequence

from ingestion.heads import Placed, Rule
from ingestion.layout import PlacedWord, Row, Segment
from ingestion.tables import is_value

_FEW_ROWS = 4
"""Below it, white stripes between words may be chance."""


def column_edges(rows: Sequence[Row], bars: Sequence[Rule]) -> tuple[list[float], bool]:
    """The places that part columns, from left to right: vertical lines where the table has them, else white stripes.

    Also whether it is vertical lines.
    """
    ruled, through = _bars_between(rows, bars)
    if ruled and through:
        return ruled, True
    white = _without_shares(rows, _white_stripes(rows))
    return (ruled, True) if ruled and len(ruled) >= len(white) else (white, False)


def _without_shares(rows: Sequence[Row], edges: Sequence[float]) -> list[float]:
    """Leave out the edges between a number and its share: "12" and "(3.4%)" stand in one column."""
    kept: list[float] = []
    for at, edge in enumerate(edges):
        until = edges[at + 1] if at + 1 < len(edges) else float("inf")
        firsts = [next((w for w in row.words if edge < (w.x0 + w.x1) / 2 < until), None) for row in rows]
        texts = [word.text for word in firsts if word is not None]
        shares = sum(text.startswith("(") and text[1:2].isdigit() for text in texts)
        if not (len(texts) >= _FEW_ROWS and shares >= 0.8 * len(texts)):
            kept.append(edge)
    return kept


def _bars_between(rows: Sequence[Row], bars: Sequence[Rule]) -> tuple[list[float], bool]:
    """Vertical lines inside the table, one for those that nearly touch; whether most of them run through it."""
    top, bottom = min(row.y0 for row in rows), max(row.y1 for row in rows)
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    places: list[float] = []
    lengths: list[float] = []
    for y0, y1, x in sorted(bars, key=lambda bar: bar[2]):
        shared = min(y1, bottom) - max(y0, top)
        if shared < 6 or not left + 3 < x < right - 3:
            continue
        if places and x - places[-1] < 4:
            lengths[-1] += shared
        else:
            places.append(x)
            lengths.append(shared)
    through = sum(length > 0.6 * (bottom - top) for length in lengths)
    return places, through >= 0.6 * len(places)


def _white_stripes(rows: Sequence[Row]) -> list[float]:
    """The middles of the white stripes that (nearly) no row of cells has words in."""
    full = [row for row in rows if len(row.segments) >= 2]
    size = full[0].size
    most = max(len(row.segments) for row in full)
    if len(full) < _FEW_ROWS:
        return _between_segments([row for row in full if len(row.segments) == most])
    fullest = [row for row in full if len(row.segments) > 0.7 * most]
    if len(fullest) >= _FEW_ROWS:
        full = fullest
    elif len(fullest) > 1:
        return _between_segments([row for row in fullest if len(row.segments) == most])
    left, right = min(row.x0 for row in full), max(row.x1 for row in full)
    counts = [0] * (int(right - left) + 2)
    for row in full:
        for word in row.words:
            for x in range(int(word.x0 - left), int(word.x1 - left) + 1):
                counts[x] += 1
    allowed = 0.12 * len(full)
    stripes: list[float] = []
    white = 0
    for x, count in enumerate(counts):
        if count <= allowed:
            white += 1
            continue
        if white >= max(0.3 * size, 2) and x > white:
            stripes.append(left + x - white / 2)
        white = 0
    return stripes


def _between_segments(rows: Sequence[Row]) -> list[float]:
    """Where the segments of a few rows leave each other room."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((s.x0, s.x1) for row in rows for s in row.segments):
        if columns and x0 < columns[-1][1] - 1:
            last = columns[-1]
            columns[-1] = (last[0], max(last[1], x1) if x1 - last[1] < 30 else last[1])
        else:
            columns.append((x0, x1))
    return [x0 - 1.0 for x0, _ in columns[1:]]


def split_at_bars(found: Sequence[Segment], bars: Sequence[Rule]) -> list[Segment]:
    """Part segments where a vertical line stands between two of their words."""
    if not bars:
        return list(found)
    parted: list[Segment] = []
    for segment in found:
        middle = (segment.y0 + segment.y1) / 2
        across = [x for y0, y1, x in bars if y0 <= middle <= y1 and segment.x0 < x < segment.x1]
        words: list[PlacedWord] = []
        for word in segment.words:
            if words and any(words[-1].x1 - 1 <= x <= word.x0 + 1 for x in across):
                parted.append(Segment(words))
                words = []
            words.append(word)
        parted.append(Segment(words) if across else segment)
    return parted


# --- cells of one visual row -----------------------------------------------------------------------------------------


def cells_of_line(row: Row, edges: Sequence[float]) -> tuple[list[Placed], list[str]]:
    """The cells of a visual row, and reasons for doubt."""
    cells: list[Placed] = []
    reasons: list[str] = []
    for segment in row.segments:
        for words in _parted(segment, edges, alone=len(row.segments) == 1):
            first, last = _column_of(words[0], edges, left=True), _column_of(words[-1], edges, left=False)
            last = max(first, last)
            before = cells[-1] if cells else None
            if before and first < before.column + before.column_span:
                if first > before.column:  # the text before reaches into this one's column
                    before.column_span = first - before.column
                else:
                    before.words.extend(words)
                    if (
                        is_value(" ".join(w.text for w in words))
                        and before.column
                        and words[0].text[:1] not in "([±"
                    ):
                        reasons.append("overlapping")
                    continue
            cells.append(Placed(0, first, list(words), 1, last - first + 1))
    if len(cells) > 1:
        reasons.extend(
            "overlapping" for c in cells if c.column and c.column_span > 1 and _is_uncentred(c, edges)
        )
    return cells, reasons


def _is_uncentred(cell: Placed, edges: Sequence[float]) -> bool:
    """Whether a value reaches into the next column without standing over both of them."""
    if not is_value(cell.text):
        return False
    inner = edges[cell.column : cell.column + cell.column_span - 1]
    x0, x1 = cell.words[0].x0, cell.words[-1].x1
    return any(min(edge - x0, x1 - edge) < 0.8 * cell.words[0].size for edge in inner)


def _column_of(word: PlacedWord, edges: Sequence[float], *, left: bool) -> int:
    """The column of a text by its first or last word: most of that word must stand in it."""
    inside = min(0.5 * (word.x1 - word.x0), 0.5 * word.size)
    x = word.x0 + inside if left else word.x1 - inside
    return sum(1 for edge in edges if x > edge)


def _parted(segment: Segment, edges: Sequence[float], *, alone: bool) -> Iterable[list[PlacedWord]]:
    """The words of a segment, parted where more than a usual space stands over the edge of a column."""
    part: list[PlacedWord] = []
    for word in segment.words:
        if part:
            before = part[-1]
            gap = word.x0 - before.x1
            over = any(before.x1 - 1 <= edge <= word.x0 + 1 for edge in edges)
            if over and gap > (0.9 if alone else 0.45) * word.size:
                yield part
                part = []
        part.append(word)
    yield part
