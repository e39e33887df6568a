"""By which words a task is found: what people know of its piece. Whatever cannot change while a task waits is kept with it
as words; who holds it, its kind and its market are columns of the task and are asked for by the same words.

What its statements say is left out: it would be some two hundred words a task, twenty million rows for a full queue, to find
what the search of sources and the page of a piece find already.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    union,
)

from assistant.errors import InvalidInput
from assistant.review.model import Piece
from assistant.review.queue_facts import title_words
from assistant.store.by_text import insert_into
from assistant.store.database import Transaction
from assistant.store.schema import product as product_table
from assistant.store.schema import release_record as release_table
from assistant.store.schema import task as task_table
from assistant.store.schema import task_word as task_word_table
from assistant.store.schema import user as user_table

_FEW, _FEW_FOR_SEVERAL = 2_000, 25_000
"""Tasks that are looked up, not walked to, for one word, and for one of several."""
_MOST_WORDS = 50
"""That a question may have: more than a title has."""
_LAST_CHARACTER = "\U0010ffff"
_ID = re.compile(r"\bpiece_([0-9a-f]+)", re.IGNORECASE)
_MARK = "#"
"""What an id is kept behind, so that no word of a title finds it."""
_OF_AN_ID = re.compile(r"[0-9a-f]{6,16}")
"""Without its prefix only as long as this: "de" and "bed" are words."""
_KINDS: Mapping[str, str] = {
    "key-moments": "key moments points clés",
    "quiz": "quiz",
    "email": "follow-up email e-mail mail courriel suivi",
    "brief": "pre-visit brief fiche visite préparation",
    "text": "checked text texte vérifié",
    "answer": "answer réponse",
}
_MARKETS: Mapping[str, str] = {
    "FR": "FR France",
    "EU": "EU European Union UE européenne Europe",
    "UK": "UK United Kingdom Royaume-Uni",
    "US": "US United States États-Unis",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word that somebody looks for, and all that it can be the beginning of."""

    word: str
    markets: tuple[str, ...]
    kinds: tuple[str, ...]
    holders: tuple[str, ...]
    worded: bool = True
    """Whether a task is kept with a word that begins so: where none is, no task has to be asked for one."""

    def holds(self) -> ColumnElement[bool]:
        """Of a task of the queue: that the word finds it."""
        task = task_table.c
        columns = ((task.kind, self.kinds), (task.market, self.markets), (task.assignee_id, self.holders))
        named = [column.in_(values) for column, values in columns if values]
        if named and not self.worded:
            return or_(*named)
        return or_(*named, exists().where(task_word_table.c.task_id == task.id, self._begins()))

    def tasks(self) -> CompoundSelect[tuple[str]]:
        """The ids of the tasks that the word finds by what is kept of them or by who holds them."""
        return union(
            self.worded_so(), select(task_table.c.id).where(task_table.c.assignee_id.in_(self.holders))
        )

    def size(self, connection: Connection, most: int) -> int:
        """How many tasks it finds, as far as `most` + 1; what finds a kind or a market finds more."""
        if self.kinds or self.markets:
            return most + 1
        found = _count(connection, self.worded_so(), most + 1)
        if self.holders and found <= most:
            held = select(task_table.c.id).where(task_table.c.assignee_id.in_(self.holders))
            found += _count(connection, held, most + 1 - found)
        return found

    def worded_so(self) -> Select[tuple[str]]:
        """The ids of the tasks that are kept with such a word."""
        return select(task_word_table.c.task_id).where(self._begins())

    def _begins(self) -> ColumnElement[bool]:
        begins = [self.word, *([_MARK + self.word] if _OF_AN_ID.fullmatch(self.word) else [])]
        word = task_word_table.c.word
        return or_(*(and_(word >= begun, word < begun + _LAST_CHARACTER) for begun in begins))


def terms_of(connection: Connection, question: str) -> list[Term]:
    """Each word of a question to the queue; a task is found that every one of them finds.

    Raises InvalidInput for more than fifty: each is counted, and a database takes only so many conditions.
    """
    words = (
        *(_MARK + found.casefold() for found in _ID.findall(question)),
        *title_words(_ID.sub(" ", question)),
    )
    if not words:
        return []
    if len(words) > _MOST_WORDS:
        raise InvalidInput("These are too many words.", help="Look for a few of them.", field="words")
    people = connection.execute(select(user_table.c.id, user_table.c.name)).all()
    names = [(row.id, title_words(row.name)) for row in people]
    terms = [
        Term(
            word,
            *named_markets_and_kinds(word),
            tuple(sorted(known for known, parts in names if any(part.startswith(word) for part in parts))),
        )
        for word in words
    ]
    return [replace(term, worded=bool(_count(connection, term.worded_so(), 1))) for term in terms]


def named_markets_and_kinds(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those with a word, of French or English, that begins so."""
    return _beginning_so(word, _MARKETS), _beginning_so(word, _KINDS)


def seed_of(connection: Connection, terms: Sequence[Term]) -> Term | None:
    """The term whose tasks are few enough to be looked up and asked for all else; None: the queue is walked.

    One word alone is looked up where it is rare, since a walk soon meets what is common. Several that are each common may
    have hardly a task together, which a walk would look for through the whole queue.
    """
    most = _FEW if len(terms) == 1 else _FEW_FOR_SEVERAL
    sizes = [(term.size(connection, most), at) for at, term in enumerate(terms)]
    size, at = min(sizes, default=(most + 1, 0))
    return terms[at] if size <= most else None


def save_words(tx: Transaction, piece: Piece, task_ids: Iterable[str], title: str) -> None:
    """Let new tasks of a piece be found by its title, product, author, id, and the numbers of its visas and submissions."""
    numbers = tx.execute(
        select(release_table.c.number, release_table.c.reference).where(release_table.c.piece_id == piece.id)
    ).all()
    product = select(product_table.c.name).where(product_table.c.id == piece.product_id)
    author = select(user_table.c.name).where(user_table.c.id == piece.author_id)
    known = [title, tx.execute(product).scalar_one(), tx.execute(author).scalar(), piece.id]
    known += [text for row in numbers for text in row]
    _insert(tx, task_ids, known)


def save_numbers(tx: Transaction, piece_id: str, *numbers: str | None) -> None:
    """Let the tasks that a piece has be found by what an authority or the company numbered it with, too."""
    if any(numbers):
        ids = tx.execute(select(task_table.c.id).where(task_table.c.piece_id == piece_id)).scalars().all()
        _insert(tx, ids, numbers)


def words_kept(texts: Iterable[str | None]) -> tuple[str, ...]:
    """The words of all that is known of a piece; an id is one word."""
    said = " ".join(text for text in texts if text)
    return (*title_words(_ID.sub(" ", said)), *(_MARK + found for found in dict.fromkeys(_ID.findall(said))))


def _count(connection: Connection, tasks: Select[tuple[str]], most: int) -> int:
    return connection.scalar(select(func.count()).select_from(tasks.limit(most).subquery())) or 0


def _insert(tx: Transaction, task_ids: Iterable[str], texts: Iterable[str | None]) -> None:
    words = words_kept(texts)
    rows = [{"task_id": task_id, "word": word} for task_id in sorted(task_ids) for word in sorted(words)]
    if rows:
        tx.execute(insert_into(tx, task_word_table).on_conflict_do_nothing(), rows)


def _beginning_so(word: str, words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        code for code, said in words.items() if any(part.startswith(word) for part in title_words(said))
    )
