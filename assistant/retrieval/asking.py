"""From what a person asks to a query, the same for the command line, the API and the pages."""

from assistant.corpus.markets import known_market
from assistant.corpus.model import AUDIENCE, LANGUAGES, USES
from assistant.corpus.products import find_product
from assistant.corpus.rights import stands_outside
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, Role, require
from assistant.retrieval.looked import Query
from assistant.store.database import Database

MOST_HITS = 200


def query_for(  # noqa: PLR0917  what a search may name
    db: Database,
    actor: Actor,
    words: str,
    product: str,
    market: str,
    use: str | None = None,
    audience: str = "hcp",
    language: str | None = None,
    k: int = 8,
) -> Query:
    """The query that the actor may ask; `product` is a name or an id, `k` the number of hits.

    Without a use, sources of every use are searched. A person who is nothing but a health professional searches what is meant for one who asks, whatever they name.
    Raises NotAllowed, UnknownProduct, or InvalidInput for words, a number, a market, a use, an audience or a language
    that cannot be.
    """
    require(actor, Permission.SEARCH)
    if not words.strip():
        raise InvalidInput("There are no words to search for.", help="Give some words.")
    if not 1 <= k <= MOST_HITS:
        raise InvalidInput(f"{k} hits cannot be asked for.", help=f"Ask for 1 to {MOST_HITS}.")
    if use is not None and use not in USES:
        raise InvalidInput(f"{use} is not a use.", help=f"The uses are {', '.join(USES)}.")
    if not AUDIENCE.fullmatch(audience):
        raise InvalidInput(f"{audience} is not an audience.", help="Use a word such as hcp.")
    if language is not None and language not in LANGUAGES:
        raise InvalidInput(f"{language} is not a language that is read here.", help="Use fr or en.")
    outside = actor.roles == {Role.HCP}
    return Query(
        text=words,
        product_id=find_product(db, product).id,
        market=known_market(market),
        audience="hcp" if outside else audience,
        use="reactive_medical" if outside else use,
        language=language,
        k=k,
        may_leave=not stands_outside(actor),
    )
