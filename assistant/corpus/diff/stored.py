"""The comparison of two registered versions."""

from sqlalchemy import Connection

from assistant.corpus.diff.compare import compare
from assistant.corpus.diff.model import Diff
from assistant.corpus.model import Source
from assistant.store.readings import load_sentences


def diff_of(connection: Connection, old: Source, new: Source) -> Diff:
    """What changed from `old` to `new`."""
    before = load_sentences(connection, old.reading_id)
    after = load_sentences(connection, new.reading_id)
    return compare(before.values(), after.values(), new.language)
