"""Search by words: stems made here, in a column that both databases index as plain tokens.

The databases only find the candidates (FTS5, or a tsvector under GIN). The score is BM25, computed here over the
passages that may be seen, so that both rank alike and other products' passages do not change a score.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, text

_K1 = 1.2  # Robertson's usual values, as in FTS5's bm25()
_B = 0.75
_HEADING_WEIGHT = 2.0  # a stem in the section's heading counts as much as two in the text

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")

# Words that carry no subject. Negations, comparatives and units stay: they carry meaning in a label.
_STOP_EN = """
a about also am an and are as at be because been being both but by can could did do does doing each for
from had has have having he her here hers him his how i if in into is it its itself let me my of off on
once or other our ours own s she should so some such t than that the their theirs them then there these
they this those to too was we were what when where which while who whom why will with would you your
"""
_STOP_FR = """
a ai ait as au aura aux avaient avait avec avez avons c ce cela celle celles celui ces cet cette ceux
chez ci comme d dans de des dont du elle elles en es est et eu eux furent fut ici il ils j je l la le
les leur leurs lors lui m ma mais me mes mon n ni nos notre nous on ont ou où par pour puis qu quand que
quel quelle quelles quels qui quoi s sa se sera seront ses si soit son sont sur t ta te tel telle telles
tels tes toi ton tu un une vos votre vous y à été être était étaient
"""
_STOP = {"en": frozenset(_STOP_EN.split()), "fr": frozenset(_STOP_FR.split())}


def fold_accents(word: str) -> str:
    """Lower case, without accents or compatibility forms. For search only, never for comparing quotes."""
    decomposed = word
    for _ in range(2):  # a compatibility form may decompose into capitals, and a small letter into marks
        decomposed = unicodedata.normalize("NFKD", decomposed).casefold()
    return "".join(c for c in decomposed if c.isalnum() or c == ".")


@lru_cache(maxsize=4)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer({"fr": "french", "en": "english"}[language])


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    """The stem of one word, or an empty string for a stop word."""
    if word[0].isdigit():
        return fold_accents(word.replace(",", "."))
    lower = word.casefold()
    if lower in _STOP[language]:
        return ""
    return fold_accents(str(_stemmer(language).stemWord(lower)))


def stems(words: str, language: str | None) -> list[str]:
    """The stems of a text in its order, stop words left out; "12,5" and "12.5" are one token.

    `language` is "fr" or "en"; anything else is taken as English.
    """
    known = "fr" if language == "fr" else "en"
    return [
        stem for word in _WORD.findall(unicodedata.normalize("NFC", words)) if (stem := _stem(word, known))
    ]


def query_stems(query: str, language: str | None = None) -> list[str]:
    """The distinct stems of a query; of both languages where none is named, since a term may stand in either."""
    languages = (language,) if language else ("fr", "en")
    # A stop word of one language is left out altogether: "les", "the" find nothing worth reading.
    words = [
        w for w in _WORD.findall(unicodedata.normalize("NFC", query)) if all(_stem(w, x) for x in languages)
    ]
    return list(dict.fromkeys(_stem(word, known) for word in words for known in languages))


def index_words(connection: Connection, rows: Sequence[Mapping[str, str]]) -> None:
    """Index passages just inserted: rows of `id`, `heading_stems`, `stems`. PostgreSQL generates its own column."""
    if rows and connection.dialect.name == "sqlite":
        connection.execute(
            text(
                "INSERT INTO passage_words (passage_id, heading_stems, stems) VALUES (:id, :heading_stems, :stems)"
            ),
            [{"id": r["id"], "heading_stems": r["heading_stems"], "stems": r["stems"]} for r in rows],
        )


_CANDIDATES = {
    "sqlite": """
        SELECT p.id, p.heading_stems, p.stems, p.tokens FROM passage_words w
        JOIN passage p ON p.id = w.passage_id
        JOIN source s ON s.reading_id = p.reading_id
        WHERE passage_words MATCH :match
        AND s.id IN :sources AND (s.cite_notes OR p.layer <> 'notes')""",
    "postgresql": """
        SELECT p.id, p.heading_stems, p.stems, p.tokens FROM passage p
        JOIN source s ON s.reading_id = p.reading_id
        WHERE p.words @@ CAST(:match AS tsquery)
        AND s.id IN :sources AND (s.cite_notes OR p.layer <> 'notes')""",
}
_EXTENT = """
    SELECT COUNT(*), AVG(p.tokens) FROM passage p
    JOIN source s ON s.reading_id = p.reading_id
    WHERE s.id IN :sources AND (s.cite_notes OR p.layer <> 'notes')"""


def search_words(
    connection: Connection,
    wanted: Sequence[str],
    source_ids: Sequence[str],
    limit: int,
) -> list[tuple[str, float]]:
    """The best passages of these sources by BM25, best first, as (passage id, score above zero).

    `wanted` are stems (see `query_stems`). Notes are left out of a source that does not cite them.
    """
    if not wanted or not source_ids:
        return []
    dialect = connection.dialect.name
    sources: BindParameter[str] = bindparam("sources", expanding=True)
    count, average = connection.execute(
        text(_EXTENT).bindparams(sources), {"sources": list(source_ids)}
    ).one()
    rows = connection.execute(
        text(_CANDIDATES[dialect]).bindparams(sources),
        {"sources": list(source_ids), "match": _match(wanted, dialect)},
    ).all()
    counted = [(row.id, row.tokens, [_count(stem, row) for stem in wanted]) for row in rows]
    return _ranked(counted, int(count), float(average or 1.0), limit)


def _match(wanted: Sequence[str], dialect: str) -> str:
    """An OR of plain tokens in the database's own syntax. Stems hold letters, digits and full stops only."""
    if dialect == "sqlite":
        return "{heading_stems stems} : (" + " OR ".join(f'"{stem}"' for stem in wanted) + ")"
    return "|".join(f"'{stem}'" for stem in wanted)


def _count(stem: str, row: Any) -> float:
    body = f" {row.stems} ".replace(" ", "  ").count(f" {stem} ")
    heading = f" {row.heading_stems} ".replace(" ", "  ").count(f" {stem} ")
    return body + _HEADING_WEIGHT * heading


def _ranked(
    counted: list[tuple[str, int, list[float]]], count: int, average: float, limit: int
) -> list[tuple[str, float]]:
    if not counted:
        return []
    found_in = [sum(1 for _, _, counts in counted if counts[i]) for i in range(len(counted[0][2]))]
    weights = [math.log(1 + (count - n + 0.5) / (n + 0.5)) for n in found_in]
    scored: list[tuple[str, float]] = []
    for passage_id, length, counts in counted:
        norm = _K1 * (1 - _B + _B * length / average)
        score = sum(w * c * (_K1 + 1) / (c + norm) for w, c in zip(weights, counts, strict=True) if c)
        scored.append((passage_id, score))
    scored.sort(key=lambda pair: (-pair[1], pair[0]))
    return scored[:limit]
