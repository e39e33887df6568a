import os
from dataclasses import replace
from datetime import date

import pytest

from assistant.corpus.model import ApprovalRequest, SourceRequest
from assistant.errors import Blocked, Conflict, NoEvidence, UnknownProduct
from assistant.jobs.executors import _gone, executor_name
from assistant.jobs.ingest import request_from_json, request_to_json
from assistant.jobs.refusals import JobFailed, error_from_json, error_json
from ingestion.errors import AncrageError, EncryptedFile, ReaderTimeout

REQUEST = SourceRequest(
    product="Velmora",
    kind="label",
    markets=("FR", "EU"),
    language="fr",
    title="RCP",
    approval=ApprovalRequest("MLR-1", date(2026, 1, 1), date(2026, 12, 31)),
    replaces="source_1",
    cite_notes=True,
    excluded_pages=(3, 7),
    reference="Doe J.",
)


@pytest.mark.parametrize("request_", [REQUEST, replace(REQUEST, approval=None, excluded_pages=())])
def test_a_request_survives_its_process(request_: SourceRequest) -> None:
    assert request_from_json(request_to_json(request_)) == request_


@pytest.mark.parametrize(
    "kind", [UnknownProduct, NoEvidence, Conflict, EncryptedFile, ReaderTimeout, Blocked, JobFailed]
)
def test_a_refusal_survives_its_process(kind: type[AncrageError]) -> None:
    raised = kind("It cannot be.", help="Do this.", name="Velmora", findings=[{"rule": "GR1"}], odd=object())
    again = error_from_json(error_json(raised))
    assert type(again) is kind
    assert (again.message, again.help) == ("It cannot be.", "Do this.")
    assert again.params == {"name": "Velmora", "findings": [{"rule": "GR1"}]}


def test_an_unknown_refusal_is_still_a_refusal() -> None:
    assert isinstance(error_from_json({"code": "of_a_newer_version", "message": "No."}), JobFailed)


def test_this_process_is_not_gone() -> None:
    assert _gone(executor_name()) is False


def test_a_process_whose_number_was_given_out_again_is_gone() -> None:
    host, number, began, token = executor_name().rsplit(":", 3)
    assert int(number) == os.getpid()
    assert _gone(f"{host}:{number}:{int(began or 0) + 1}:{token}") is True


def test_a_process_of_another_host_is_judged_by_its_heartbeat_alone() -> None:
    assert _gone("another-host:1:1:aa") is False
