"""What a sentence says of which thing: a right number of the wrong arm, two arms turned round, another's exposure.

Each part reads the same relation in the statement and in its quotes and speaks only where both are plain and differ.
What it cannot read is left to the reviewer, who must attest every reworded statement.
"""

from guardrails.relations.model import Contradiction
from guardrails.relations.reading import Relations, relations

__all__ = ["Contradiction", "Relations", "relations"]
