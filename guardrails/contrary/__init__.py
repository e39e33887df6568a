"""What plainly speaks against an approved claim in other words: never sure, always for a reviewer.

`stances`: the side that a text takes where sides exclude each other (allowed or forbidden, changed or unchanged, first or later line).
`matter`: whether two texts may speak of one thing. `amounts`: another dose, interval, duration or age. `against`: both together.
"""

from guardrails.contrary.against import Opposition, against, denies_the_other_side
from guardrails.contrary.matter import beyond_dose

__all__ = ["Opposition", "against", "beyond_dose", "denies_the_other_side"]
