"""What a product is called."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from assistant.corpus.label_names import learned_names
from assistant.corpus.sheet import names_of
from assistant.store.schema import product
from assistant.store.words import fold_accents, is_stop_word

_WORD = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"['’]s\b")
_JOINED = re.compile(r"[/+&,]|\b(?:and|et)\b")
"""What parts the active substances of one medicine."""
_OF_THE_WHOLE = re.compile(
    r"tell|know|say|explain|describe|present|information|overview|summary|medicine|drug|product|parle[rz]?|moi|dis|dire|dites|savoir"
    r"|expliquez?|expliquer|decris|decri(?:re|vez)|presente[rz]?|presentation|informations|resume|apercu|medicament|produit"
)
"""Words that ask of a medicine as a whole, without accents: beside them its name is all that is looked for."""


def known_names(connection: Connection, product_id: str) -> tuple[str, ...]:
    """Every name of the sheet, and those that the product's labels agree on; none of an unknown product."""
    row = connection.execute(
        select(product.c.name, product.c.sheet).where(product.c.id == product_id)
    ).first()
    if row is None:
        return ()
    names = names_of(row.name, row.sheet)
    held = {fold_accents(name) for name in names}
    learned = learned_names(connection, product_id).values()
    more = (text for found in learned for text in (found.brand, found.substance) if text)
    return (*names, *dict.fromkeys(text for text in more if fold_accents(text) not in held))


def other_names(names: Sequence[str], text: str) -> tuple[str, ...]:
    """The product's names that a text does not use, where it uses one of them; none where it uses none."""
    said = f" {' '.join(_words(text))} "
    used = [name for name in names if f" {' '.join(_words(name))} " in said]
    return tuple(name for name in names if name not in used) if used else ()


def without_names(text: str, names: Sequence[str]) -> str:
    """The text without the names of the product that is asked about: in its own documents they tell nothing apart.

    The name of one of several substances does ("valsartan" of "sacubitril/valsartan"), and so does one within a compound
    ("anti-insulin"): both stay. So does all of a text that asks of the medicine as a whole.
    """
    substances = {
        " ".join(_words(part)) for name in names if len(parts := _JOINED.split(name)) > 1 for part in parts
    }
    wanted = [tuple(words) for name in names if (words := _words(name)) and " ".join(words) not in substances]
    said = [(match.start(), match.end(), fold_accents(match[0])) for match in _WORD.finditer(text)]
    kept, done, at = "", 0, 0
    while at < len(said):
        size = max(
            (len(name) for name in wanted if _stands(name, text, said[at : at + len(name)])), default=0
        )
        if size:
            end = said[at + size - 1][1]
            genitive = _GENITIVE.match(text, end)
            kept, done = kept + text[done : said[at][0]], genitive.end() if genitive else end
        at += size or 1
    rest = kept + text[done:]
    tells = any(not (is_stop_word(word) or _OF_THE_WHOLE.fullmatch(word)) for word in _words(rest))
    return rest if tells else text


def _stands(name: tuple[str, ...], text: str, words: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the words, by start, end and folded form, are the name, and no part of a compound."""
    if tuple(word for _, _, word in words) != name:
        return False
    start, end = words[0][0], words[-1][1]
    return text[start - 1 : start] != "-" and not re.match(r"-\w", text[end : end + 2])


def products_named(connection: Connection, text: str) -> tuple[str, ...]:
    """The names under which the active products are registered that a text calls by any of their names."""
    said = f" {' '.join(_words(text))} "
    active = select(product.c.id, product.c.name).where(product.c.status == "active").order_by(product.c.key)
    return tuple(
        row.name
        for row in connection.execute(active)
        if any(f" {' '.join(_words(name))} " in said for name in known_names(connection, row.id))
    )


def _words(text: str) -> list[str]:
    return [folded for word in _WORD.findall(text) if (folded := fold_accents(word))]
