"""The pages, a file for each place people go to."""

from fastapi import FastAPI


def include_pages(web: FastAPI) -> None:
    """Add every page. None of them is part of the API's description."""
    from api.web.pages import (
        asking,
        audit,
        calendar,
        cases,
        changes,
        checking,
        company_login,
        confirmations,
        figures,
        home,
        jobs,
        linked_logins,
        notices,
        people,
        pieces,
        policy,
        product_register,
        products,
        published,
        queue,
        register,
        releasing,
        rereading,
        review,
        revisions,
        search,
        session,
        source_governance,
        source_pages,
        sources,
    )

    web.include_router(session.open_router, include_in_schema=False)
    web.include_router(company_login.open_router, include_in_schema=False)
    for module in (
        session,
        linked_logins,
        home,
        notices,
        sources,
        source_pages,
        source_governance,
        changes,
        rereading,
        confirmations,
        calendar,
        products,
        product_register,
        search,
        pieces,
        checking,
        queue,
        review,
        revisions,
        releasing,
        policy,
        register,
        published,
        asking,
        cases,
        figures,
        audit,
        people,
        jobs,
    ):
        web.include_router(module.router, include_in_schema=False)
