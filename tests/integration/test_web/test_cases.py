"""The safety desk's pages, its API and its commands."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli.commands import execute
from api.cli.io import Io
from api.cli.parser import parse
from assistant.corpus.products import add_product
from tests.builders.cases import open_report
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


@pytest.fixture
def case_id(world: World) -> str:
    return open_report(world.app.db, world.people["hcp"], world.ids["product"])


def test_a_case_goes_from_the_list_to_its_end_by_its_forms(browse: Browse, case_id: str) -> None:
    safety = browse("safety")
    assert f'href="/cases/{case_id}"' in safety.get("/cases").text
    shown = safety.get(f"/cases/{case_id}").text
    assert "<mark>rash</mark>" in shown
    where = f"/cases/{case_id}"
    done = safety.send_form(where, act="acknowledge", serious="yes")
    assert done.headers["location"] == f"{where}?done=case_acknowledge"
    assert "The case is acknowledged." in safety.get(done.headers["location"]).text
    refused = safety.send_form(where, act="close", outcome="reported", reason="All is <there>.")
    assert refused.status_code == 409
    assert "All is &lt;there&gt;." in refused.text, "what was typed stays"
    safety.send_form(where, act="forward", reference="PV-7", criteria=["reporter", "reaction"])
    safety.send_form(where, act="note", text="Asked for the batch.", follow_up="on")
    safety.send_form(where, act="close", outcome="reported")
    shown = safety.get(where).text
    assert "Reported" in shown
    assert "PV-7 (Who reported it, The reaction)" in " ".join(shown.split())
    assert "Follow-up asked for" in shown
    assert safety.send_form(where, act="reopen", reason="More is known.").status_code == 303
    assert safety.send_form(where, act="burn").status_code == 422


def test_the_medicine_is_corrected_by_its_form_where_there_is_another(
    world: World, browse: Browse, case_id: str
) -> None:
    safety, where = browse("safety"), f"/cases/{case_id}"
    assert "Correct the medicine" not in safety.get(where).text, "there is one medicine"
    add_product(world.app.db, world.people["librarian"], "Nalorel", {})
    form = safety.get(where).text
    assert '<option value="Nalorel">' in form
    assert '<option value="Velmora">' not in form
    refused = safety.send_form(where, act="correct", product="Nalorel", reason="")
    assert refused.status_code == 422
    assert '<option value="Nalorel" selected>' in refused.text, "what was chosen stays"
    done = safety.send_form(where, act="correct", product="Nalorel", reason="He read it off the box.")
    assert done.headers["location"] == f"{where}?done=case_correct"
    shown = " ".join(safety.get(done.headers["location"]).text.split())
    assert "The medicine is corrected." in shown
    assert "Medicine of a case corrected: Nalorel instead of Velmora" in shown
    body = {"product": "Velmora", "reason": "He called back."}
    by_api = safety.post(f"/api{where}/product", json=body, headers={"X-CSRF-Token": safety.csrf})
    assert by_api.json()["case"]["product"] == "Velmora"


def test_who_reads_cases_sees_no_form_and_others_see_nothing(browse: Browse, case_id: str) -> None:
    for role in ("auditor", "medinfo"):
        page = browse(role).get(f"/cases/{case_id}")
        assert page.status_code == 200
        assert "What to do now" not in page.text
    for role in ("hcp", "writer", "medical", "admin", "rep"):
        assert browse(role).get(f"/cases/{case_id}").status_code == 403
        assert browse(role).send_form(f"/cases/{case_id}", act="acknowledge").status_code == 403
    assert browse("medinfo").send_form(f"/cases/{case_id}", act="acknowledge").status_code == 403
    assert browse("safety").get("/cases/case_none").status_code == 404


def test_the_desk_begins_with_what_waits_for_it(world: World, browse: Browse, case_id: str) -> None:
    question = open_report(world.app.db, world.people["hcp"], world.ids["product"], question=True)
    desk = browse("safety").get("/").text
    assert desk.index(f"/cases/{case_id}") < desk.index(f"/cases/{question}"), "a question has three days"
    other = browse("medinfo").get("/").text
    assert f"/cases/{question}" in other
    assert f"/cases/{case_id}" not in other
    browse("safety").send_form(f"/cases/{case_id}", act="close", outcome="not_a_case", reason="A question.")
    assert f"/cases/{case_id}" not in browse("safety").get("/").text


def test_the_list_is_filtered_and_paged(world: World, browse: Browse, case_id: str) -> None:
    safety = browse("safety")
    safety.send_form(f"/cases/{case_id}", act="close", outcome="not_a_case", reason="A question.")
    assert case_id not in safety.get("/cases?status=open").text
    assert case_id in safety.get("/cases?status=closed").text
    assert safety.get("/cases?status=lost").status_code == 422
    second = open_report(world.app.db, world.people["hcp"], world.ids["product"])
    first = safety.get("/api/cases?limit=1").json()
    assert [one["id"] for one in first["cases"]] == [second]
    following = safety.get(f"/api/cases?limit=1&after={first['next']}").json()
    assert ([one["id"] for one in following["cases"]], following["next"]) == ([case_id], None)


def test_the_api_has_the_same_acts(browse: Browse, case_id: str) -> None:
    safety = browse("safety")

    def post(act: str, **body: Any) -> Any:
        return safety.post(f"/api/cases/{case_id}/{act}", json=body, headers={"X-CSRF-Token": safety.csrf})

    assert post("acknowledge", serious=True).json()["case"]["status"] == "acknowledged"
    assert post("acknowledge").status_code == 409
    assert post("forward", reference="PV-8", criteria=["patient"]).json()["case"]["reference"] == "PV-8"
    assert post("notes", text="Noted.").json()["case"]["history"][-1]["text"] == "Noted."
    assert post("close", outcome="reported").json()["case"]["outcome"] == "reported"
    assert post("reopen", reason="More.").json()["case"]["status"] == "acknowledged"


def test_the_commands_have_the_same_acts(world: World, case_id: str) -> None:
    def run(*argv: str) -> Any:
        out = io.StringIO()
        arguments = parse(["--as", world.people["safety"].name, "--json", "case", *argv])
        asked = Io(out, io.StringIO(), Path(), None, lambda: "")
        assert execute(world.app, arguments, asked) == 0, out.getvalue()
        return json.loads(out.getvalue())

    assert [one["id"] for one in run("list")["cases"]] == [case_id]
    assert run("acknowledge", case_id, "--serious", "no")["case"]["serious"] is False
    run("forward", case_id, "--reference", "PV-9", "--known", "reporter", "medicine")
    run("note", case_id, "Asked.", "--follow-up")
    add_product(world.app.db, world.people["librarian"], "Nalorel", {})
    corrected = run("correct", case_id, "--product", "Nalorel", "--reason", "He read it off the box.")
    assert corrected["case"]["product"] == "Nalorel"
    assert run("close", case_id, "--outcome", "reported")["case"]["status"] == "closed"
    run("reopen", case_id, "--reason", "More.")
    ended = run("close", case_id, "--outcome", "not_a_case", "--reason", "No.")["case"]
    assert [one["action"] for one in ended["history"]][-1] == "case.closed"
    assert run("show", case_id)["case"]["outcome"] == "not_a_case"
