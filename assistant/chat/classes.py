"""Which sentences may be told of a class that a question names: of Child-Pugh A none that is of class B alone, nor of everybody."""

from assistant.chat.bounds import bounds, stated
from assistant.chat.naming import names
from assistant.engines.units import Unit

_CLASSES = ("hepatic class", "renal class", "nyha class")


def of_the_class(unit: Unit, question: str) -> bool:
    """Whether the unit bounds no class, or one that the question names; of a liver's class it has to name that class, or liver disease
    and no class.
    """
    wanted = stated(question)
    asked = [name for name in _CLASSES if name in wanted]
    if not asked:
        return True
    text = f"{unit.heading}\n{unit.text}"
    own = bounds(text)
    if any(name in own and not any(o.meets(w) for o in own[name] for w in wanted[name]) for name in asked):
        return False
    return "hepatic class" not in asked or "hepatic class" in own or names(text, "hepatic")
