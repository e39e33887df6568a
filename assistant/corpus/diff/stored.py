"""The comparison of two registered versions, kept in memory: readings never change, so neither does what they differ in."""

import threading
from collections import OrderedDict
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from assistant.corpus.diff.compare import compare
from assistant.corpus.diff.model import Diff
from assistant.corpus.model import Source
from assistant.store.readings import load_sentences

_MOST = 6
"""Comparisons kept of one database: a label's two versions hold some megabytes."""
_Key = tuple[str, str, str]
_KEPT: WeakKeyDictionary[Engine, OrderedDict[_Key, Diff]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def diff_of(connection: Connection, old: Source, new: Source) -> Diff:
    """What changed from `old` to `new`: compared once, then kept until newer ones take its place."""
    key = (old.reading_id, new.reading_id, new.language)
    with _LOCK:
        kept = _KEPT.setdefault(connection.engine, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    before = load_sentences(connection, old.reading_id)
    after = load_sentences(connection, new.reading_id)
    found = compare(before.values(), after.values(), new.language)
    with _LOCK:
        kept[key] = found
        while len(kept) > _MOST:
            kept.popitem(last=False)
    return found
