"""The question box."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.auth import Ancrage, Me, Posted, checked_form, text_of
from api.errors import status_of
from api.web.answer_shape import places, rows_of
from api.web.choices import MARKETS, options, usual_market
from api.web.language import N_, catalogue
from api.web.pages.proofs import with_pictures
from api.web.rendering import page, reader_language
from assistant.bootstrap import App
from assistant.cases import say_it_was_a_question
from assistant.chat.ask import ask
from assistant.chat.asked import clean
from assistant.chat.turns import product_of
from assistant.corpus.products import find_or_none, list_products
from assistant.errors import InvalidInput
from assistant.people.roles import Actor, Permission, require
from assistant.retrieval.names import products_named
from guardrails.safety import intake
from ingestion.errors import AncrageError

router = APIRouter(dependencies=[Depends(checked_form)])
_EXAMPLES = (
    N_("What is the recommended dose?"),
    N_("What are the contraindications?"),
    N_("Which adverse reactions are common?"),
)


@router.get("/ask")
def ask_page(request: Request, app: Ancrage, me: Me) -> Response:
    """The empty box, with three example questions."""
    require(me, Permission.ASK)
    given = request.query_params
    values = {
        "product": given.get("product", ""),
        "market": given.get("market", usual_market(reader_language(request))),
        "question": given.get("question", ""),
    }
    return _ask_page(request, app, me, values)


@router.post("/ask")
def answer(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Answer in approved sentences, or say that they hold no answer; in the question's language (rule CH13).

    A question of which none can be told is answered in the documents', else in the page's.
    """
    values = {name: text_of(form, name) for name in ("product", "market", "question")}
    values["question"] = text_of(form, "example") or values["question"]
    reported = text_of(form, "report") == "yes"
    named = _named(app, values["question"])
    try:
        values["product"] = values["product"] or _only_one(
            named, values["question"], reader_language(request), reported=reported
        )
        found = ask(
            app.db,
            app.searcher,
            me,
            values["question"],
            values["product"],
            values["market"].upper(),
            conversation=_continued(app, me, text_of(form, "conversation"), values["product"]),
            reading=reader_language(request),
            reported=reported,
        ).json()
    except AncrageError as refusal:
        require(me, Permission.ASK)
        if reported:  # sent again from the box of the questions, it would be none
            values = {**values, "question": "", "report": values["question"]}
        return _ask_page(request, app, me, values, refusal=refusal)
    return _ask_page(
        request,
        app,
        me,
        {**values, "question": ""},
        answer=found,
        question=values["question"],
        meant=() if values["product"] in named else named,
        reported=reported,
    )


@router.post("/ask/question")
def said_question(request: Request, app: Ancrage, me: Me, form: Posted) -> Response:
    """Note that a held turn was a question, and show its answer again."""
    said = say_it_was_a_question(app.db, me, text_of(form, "case"))
    values = {"product": said["product"], "market": said["market"], "question": ""}
    return _ask_page(
        request,
        app,
        me,
        values,
        answer={**said, "elsewhere": [], "nearest": []},
        question=said["question"],
        noted=True,
    )


def _continued(app: App, me: Actor, conversation: str, product: str) -> str | None:
    """The conversation that the form comes from, unless it is on another medicine.

    Whoever chose another medicine meanwhile begins one: nothing that is reported is sent back for it.
    """
    if not conversation:
        return None
    with app.db.read() as connection:
        found, before = find_or_none(connection, product), product_of(connection, me, conversation)
    return None if found is not None and before not in {None, found.id} else conversation


def _named(app: App, question: str) -> tuple[str, ...]:
    with app.db.read() as connection:
        return products_named(connection, question)


def _only_one(named: Sequence[str], question: str, language: str, *, reported: bool) -> str:
    """The medicine that the question itself names, where none was chosen. Raises InvalidInput."""
    if len(named) == 1:
        return named[0]
    signal = intake(clean(question), language)
    raise InvalidInput(
        "If somebody is in danger, call the emergency services at once. No medicine is chosen."
        if signal is not None and not set(signal.kinds).isdisjoint(("emergency", "overdose"))
        else "No medicine is chosen.",
        help="Choose the medicine that you write about: the safety team has not received this yet."
        if signal is not None or reported
        else "Choose the medicine that you write about.",
        field="product",
    )


def _shown(app: App, me: Actor, statement: dict[str, Any]) -> dict[str, Any]:
    """A statement with the rows of its table and the places of its quotes, each with the pictures that this person may see."""
    citations = with_pictures(app, me, statement["citations"])
    return {**statement, "rows": rows_of(statement["text"]), "citations": places(citations)}


def _ask_page(
    request: Request,
    app: App,
    me: Actor,
    values: dict[str, str],
    *,
    answer: dict[str, Any] | None = None,
    question: str = "",
    refusal: AncrageError | None = None,
    noted: bool = False,
    meant: Sequence[str] = (),
    reported: bool = False,
) -> Response:
    language = reader_language(request)
    if answer is not None:
        answer = {**answer, "statements": [_shown(app, me, statement) for statement in answer["statements"]]}
    names = [product.name for product in list_products(app.db) if product.status == "active"]
    return page(
        request,
        "ask.html",
        status=status_of(refusal) if refusal else 200,
        values={
            "report": "",
            **values,
            "product": values["product"] or (names[0] if len(names) == 1 else ""),
        },
        answer=answer,
        answer_language=(answer or {}).get("language", language),
        question=question,
        conversation=(answer or {}).get("conversation") or "",
        products=[(name, name) for name in names],
        markets=options(request, "market", MARKETS),
        examples=[catalogue(language).gettext(example) for example in _EXAMPLES],
        refusal=refusal,
        noted=noted,
        meant=meant,
        reported=reported,
    )
