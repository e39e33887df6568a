"""Every page, who looks at it, and where it is in a filled home. A new page has to be named here."""

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

PAGES = {
    "/sign-in": ("", "/sign-in"),
    "/": ("marc", "/"),
    "/me": ("marc", "/me"),
    "/me/passphrase": ("marc", "/me/passphrase"),
    "/notices": ("wanda", "/notices"),
    "/sources": ("lena", "/sources"),
    "/sources/new": ("lena", "/sources/new"),
    "/sources/{source_id}": ("lena", "/sources/{source}"),
    "/sources/{source_id}/withdraw": ("lena", "/sources/{source}/withdraw"),
    "/sources/{source_id}/pages/{number}": ("lena", "/sources/{source}/pages/2"),
    "/sources/{source_id}/changes": ("lena", "/sources/{replaced}/changes"),
    "/sources/{source_id}/reread": ("lena", "/sources/{reread}/reread"),
    "/confirmations": ("marc", "/confirmations"),
    "/confirmations/{confirmation_id}": ("marc", "/confirmations/{confirmation}"),
    "/calendar": ("lena", "/calendar"),
    "/products": ("lena", "/products"),
    "/products/new": ("lena", "/products/new"),
    "/products/{product_id}": ("lena", "/products/{product}"),
    "/products/{product_id}/freeze": ("sofia", "/products/{product}/freeze"),
    "/products/{product_id}/unfreeze": ("sofia", "/products/{product}/unfreeze"),
    "/products/{product_id}/register": ("lena", "/products/{product}/register"),
    "/search": ("wanda", "/search?words=hyperkalaemia&product={product}&market=EU"),
    "/pieces": ("wanda", "/pieces"),
    "/pieces/new": ("wanda", "/pieces/new"),
    "/pieces/{piece_id}": ("wanda", "/pieces/{draft}"),
    "/pieces/{piece_id}/revisions/{number}": ("wanda", "/pieces/{draft}/revisions/1"),
    "/pieces/{piece_id}/register": ("rita", "/pieces/{published}/register"),
    "/affected": ("rita", "/affected?source={source}"),
    "/pieces/{piece_id}/recall": ("rita", "/pieces/{published}/recall"),
    "/check": ("wanda", "/check"),
    "/review": ("marc", "/review"),
    "/review/{piece_id}": ("marc", "/review/{piece}"),
    "/release": ("rita", "/release"),
    "/policy": ("rita", "/policy"),
    "/published": ("remy", "/published"),
    "/published/{publication_id}": ("remy", "/published/{publication}"),
    "/status/{prefix}": ("", "/status/{hash}"),
    "/ask": ("helen", "/ask"),
    "/cases": ("sofia", "/cases"),
    "/cases/{case_id}": ("sofia", "/cases/{case}"),
    "/figures": ("rita", "/figures"),
    "/audit": ("aude", "/audit"),
    "/users": ("ada", "/users"),
    "/jobs": ("ada", "/jobs"),
    "/jobs/{job_ids}": ("lena", "/jobs/{job}"),
}
"""By the route's path: whose page it is ("": a stranger's), and its address."""

OTHERS = {
    "a reader who may not": ("remy", "/audit"),
    "a proposed policy": ("rita", "/policy?hash={proposal}"),
    "no such page": ("wanda", "/no/such/page"),
    "a piece that was pulled": ("remy", "/published/{gone}"),
    "home of a writer": ("wanda", "/"),
    "home of a representative": ("remy", "/"),
    "home of a librarian": ("lena", "/"),
    "home of an administrator": ("ada", "/"),
    "a second round": ("marc", "/review/{again}"),
    "a second round, all of it": ("marc", "/review/{again}?show=all"),
    "a second round for its writer": ("wanda", "/pieces/{again}"),
    "a finding that one of two has set aside": ("rita", "/review/{lifted}"),
    "a published piece for its team": ("rita", "/pieces/{published}"),
    "a source that an older reader read": ("lena", "/sources/{reread}"),
    "sources, none found": ("lena", "/sources?kind=opinion"),
    "the queue, all tasks": ("rita", "/review?view=all"),
    "home of the safety desk": ("sofia", "/"),
    "home of an auditor": ("aude", "/"),
    "a copy that nobody published": ("", "/status/" + "0" * 64),
    "a company login that is not set up": ("", "/sign-in/return?state=none"),
    "a checked text": ("wanda", "/pieces/{checked}"),
    "a policy in the hands of its proposer": ("phil", "/policy?hash={proposal}"),
}
"""Pages of the same routes that look otherwise: refusals, other people's homes, nothing found."""

NOT_OURS = {
    "/sign-in/company": "leads to the company's login",
    "/sign-in/return": "comes from the company's login",
    "/sources/{source_id}/original": "the file itself",
    "/sources/{source_id}/pages/{number}.png": "a picture",
    "/calendar.ics": "a calendar's file",
    "/figures.csv": "a table's file",
    "/audit/export": "a file",
    "/review/{piece_id}/preview": "the piece itself, in the form that is signed",
    "/published/{publication_id}/copy": "a stamped copy",
    "/p/{name}": "the signed bytes",
}
"""What a browser may fetch that is no page of the product."""


def routes_of_pages(web: FastAPI) -> set[str]:
    """The paths that a browser may open, of the pages."""
    return {
        context.path
        for context in iter_route_contexts(web.routes)
        if context.path and context.methods and "GET" in context.methods
        if not context.path.startswith(("/api/", "/static/", "/favicon"))
    }
