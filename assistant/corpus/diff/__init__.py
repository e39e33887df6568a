"""What changed between two versions of a document, sentence by sentence: pure functions over two lists of sentences."""

from assistant.corpus.diff.compare import compare
from assistant.corpus.diff.model import Change, Diff, Status

__all__ = ["Change", "Diff", "Status", "compare"]
