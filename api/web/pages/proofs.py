"""The picture of the page behind a quote, for who may see it: one tap below an answer or a published statement."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from assistant.bootstrap import App
from assistant.corpus.rights import require_page
from assistant.corpus.sources import get_source, source_json
from assistant.errors import NotAllowed
from assistant.people.roles import Actor
from assistant.retrieval.pictures import DRAWN_FORMATS


def with_pictures(app: App, me: Actor, citations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The citations, each with `pictures`: the address of each quoted page with the quote marked.

    None where the source's display right leaves the reference alone, or where its format has no pages to draw.
    """
    return [{**citation, "pictures": _pictures(app, me, citation)} for citation in citations]


def _pictures(app: App, me: Actor, citation: Mapping[str, Any]) -> list[dict[str, Any]]:
    source = get_source(app.db, citation["source"])
    if source_json(app.db, source)["format"] not in DRAWN_FORMATS:
        return []
    pages = list(dict.fromkeys(span["page"] for span in citation["spans"]))
    marked = urlencode({"passage": citation["passage"], "quote": citation["quote"]})
    try:
        for number in pages:
            require_page(app.db, me, source, number)
    except NotAllowed:
        return []
    return [
        {"page": number, "address": f"/sources/{source.id}/pages/{number}.png?{marked}"} for number in pages
    ]
