from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from assistant.engines.library_errors import typed
from assistant.engines.model_errors import (
    ModelBusy,
    ModelCertificate,
    ModelCredit,
    ModelError,
    ModelFailing,
    ModelFiltered,
    ModelKey,
    ModelMalformed,
    ModelProxy,
    ModelTimeout,
    ModelTooLong,
    ModelUnknown,
    ModelUnreachable,
)


def failure(
    name: str, message: str = "", bases: Sequence[type] = (Exception,), **attributes: object
) -> Exception:
    return type(name, tuple(bases), attributes)(message)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("error", "kind", "retry"),
    [
        (failure("APITimeoutError"), ModelTimeout, True),
        (failure("RateLimitError", status_code=429), ModelBusy, True),
        (failure("LengthFinishReasonError"), ModelTooLong, False),
        (
            failure("BadRequestError", "maximum context length is 8192 tokens", status_code=400),
            ModelTooLong,
            False,
        ),
        (failure("BadRequestError", "code: content_filter", status_code=400), ModelFiltered, False),
        (failure("NotFoundError", "the model does not exist", status_code=404), ModelUnknown, False),
        (
            failure("BadRequestError", "model x not found, try pulling it", status_code=400),
            ModelUnknown,
            False,
        ),
        (failure("AuthenticationError", status_code=401), ModelKey, False),
        (failure("APIConnectionError", "certificate verify failed"), ModelCertificate, False),
        (failure("APIConnectionError", "Connection refused"), ModelUnreachable, True),
        (failure("APIConnectionError", "Name or service not known"), ModelUnreachable, True),
        (failure("RemoteProtocolError", "peer closed connection"), ModelFailing, True),
        (ValueError("not JSON"), ModelMalformed, True),
        (failure("InternalServerError", status_code=500), ModelFailing, True),
        (failure("APIError", "upstream"), ModelFailing, True),
        (
            type(
                "BadRequestError",
                (type("APIStatusError", (type("APIError", (Exception,), {}),), {}),),
                {"status_code": 400},
            )("odd"),
            ModelError,
            False,
        ),
        (failure("SomethingNew", "odd"), ModelError, False),
    ],
)
def test_each_failure_of_the_endpoint_is_typed_and_says_whether_a_retry_helps(
    error: Exception, kind: type[ModelError], retry: bool
) -> None:
    found = typed(error, "model-x")
    assert type(found) is kind
    assert found.retry is retry
    assert found.help


def test_a_name_that_nobody_knows_is_told_from_a_port_where_nobody_listens() -> None:
    assert "name" in typed(failure("APIConnectionError", "Name or service not known"), "m").message
    assert "listens" in typed(failure("APIConnectionError", "Connection refused"), "m").message


def test_an_error_of_ours_below_the_library_s_comes_out_as_it_is() -> None:
    outer = failure("APIConnectionError", "Connection error.")
    outer.__cause__ = ModelTimeout("slow", help="later")
    assert typed(outer, "m") is outer.__cause__


def test_what_the_endpoint_asks_to_wait_is_kept() -> None:
    response = type("Response", (), {"headers": {"retry-after": "7"}})()
    assert typed(failure("RateLimitError", status_code=429, response=response), "m").retry_after == 7


@pytest.mark.parametrize(
    ("message", "status", "option"),
    [
        ("response_format json_schema is not supported", 400, "response_format"),
        ("Unsupported value: 'temperature'", 400, "temperature"),
        ("unknown field stream_options", 422, "stream_options"),
        ("failed to parse grammar", 500, "response_format"),
        ("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", 400, "max_tokens"),
        ("unrecognized request argument supplied: max_completion_tokens", 400, "max_tokens"),
        ("{'type': 'extra_forbidden', 'loc': ['body', 'max_completion_tokens']}", 422, "max_tokens"),
        ("max_tokens is too large: 9000. It supports at most 4096", 400, None),
        ("maximum context length", 400, None),
        ("overloaded", 503, None),
    ],
)
def test_what_the_server_does_not_know_is_named(message: str, status: int, option: str | None) -> None:
    assert typed(failure("BadRequestError", message, status_code=status), "m").not_supported == option


def answered(status: int, body: object, **headers: str) -> Exception:
    """As the library raises it: its sentence has the message at most, the whole body stands beside it."""
    response = type("Response", (), {"headers": headers})()
    return failure(
        "APIStatusError", f"Error code: {status}", status_code=status, body=body, response=response
    )


@pytest.mark.parametrize(
    ("status", "body", "kind", "retry"),
    [
        (429, {"message": "You exceeded your quota.", "code": "insufficient_quota"}, ModelCredit, False),
        (402, {"message": "Payment is due"}, ModelCredit, False),
        (429, {"message": "Exceeded token rate limit. Ask for a quota increase."}, ModelBusy, True),
        (429, {"message": "Request too large: Limit 30000, Requested 36000."}, ModelTooLong, False),
        (429, {"message": "Too many tokens, please wait before trying again."}, ModelBusy, True),
        (413, "<html><title>413 Request Entity Too Large</title></html>", ModelTooLong, False),
        (400, {"message": "prompt is too long: 210000 tokens > 200000 maximum"}, ModelTooLong, False),
        (422, "`inputs` tokens + `max_new_tokens` must be <= 4096", ModelTooLong, False),
        (400, {"message": "No models loaded.", "code": "model_not_found"}, ModelUnknown, False),
        (405, "<html>405 Not Allowed</html>", ModelUnknown, False),
        (407, "", ModelProxy, False),
        (403, {"message": "Access denied due to firewall rules."}, ModelKey, False),
    ],
)
def test_the_body_of_an_error_tells_what_its_status_does_not(
    status: int, body: object, kind: type[ModelError], retry: bool
) -> None:
    found = typed(answered(status, body), "m")
    assert (type(found), found.retry) == (kind, retry)
    assert found.help


@pytest.mark.parametrize(
    "body",
    [
        {"object": "error", "message": {"detail": [{"loc": ["body", "stream_options"]}]}},
        {"detail": [{"loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted"}]},
    ],
)
def test_an_unknown_field_is_found_in_any_body_and_told(body: object) -> None:
    found = typed(answered(422, body), "m")
    assert found.not_supported == "stream_options"
    assert "stream_options" in found.message


def test_the_endpoint_s_own_words_are_told_without_its_web_pages_or_control_characters() -> None:
    told = typed(answered(451, {"error": {"message": "Not in\x1b[31m \ud800your country"}}), "m").message
    assert told.endswith(
        "HTTP 451: Not in\N{REPLACEMENT CHARACTER}[31m \N{REPLACEMENT CHARACTER}your country"
    )
    assert "<" not in typed(answered(451, "<html>Not here</html>"), "m").message


def test_the_address_of_an_endpoint_means_nothing() -> None:
    outer = answered(401, {"message": "Wrong key"})
    outer.__cause__ = failure(
        "HTTPStatusError", "Client error '401' for url 'https://ssl.example/certificate'"
    )
    assert type(typed(outer, "m")) is ModelKey


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"retry-after": "7"}, 7, 7),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5, 1.5),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0, 0),
    ],
)
def test_a_wait_is_read_in_each_of_its_writings(headers: dict[str, str], least: float, most: float) -> None:
    found = typed(answered(429, {"message": "slow down"}, **headers), "m")
    assert found.retry_after is not None
    assert least <= found.retry_after <= most


def test_a_wait_until_a_time_is_what_is_left_until_then() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    found = typed(answered(429, {"message": "slow down"}, **{"retry-after": then}), "m")
    assert found.retry_after is not None
    assert 500 <= found.retry_after <= 600


def test_a_time_beyond_the_calendar_is_no_wait() -> None:
    late = "Fri, 31 Dec 9999 23:59:59 -1200"
    assert typed(answered(429, {"message": "slow down"}, **{"retry-after": late}), "m").retry_after is None


def test_a_key_that_an_endpoint_repeats_is_not_told() -> None:
    said = typed(
        answered(403, {"message": "sk-live-12345678 at https://ann:pass@gate.example may not"}), "m"
    ).message
    assert "sk-" not in said
    assert "pass" not in said
    moved = typed(answered(302, {}, location="https://ann:pass@login.example/?token=1"), "m").message
    assert "login.example" in moved
    assert "pass" not in moved


def test_a_long_wait_is_told() -> None:
    assert "90 minutes" in typed(answered(429, {}, **{"retry-after": "5400"}), "m").help
    assert "a minute" in typed(answered(429, {}, **{"retry-after": "soon"}), "m").help


def test_a_redirection_names_where_to_and_none_of_what_it_carries() -> None:
    found = typed(answered(302, "", location="https://login.example/in?next=secret"), "m")
    assert "https://login.example/in." in found.message
    assert "secret" not in found.message


def test_a_proxy_and_a_host_that_lets_nothing_in_are_told_from_a_slow_model() -> None:
    refused = failure("APIConnectionError", "Connection error.")
    refused.__cause__ = failure("ProxyError", "407 Proxy Authentication Required")
    assert type(typed(refused, "m")) is ModelProxy
    closed = failure("APITimeoutError")
    closed.__cause__ = failure("ConnectTimeout")
    assert type(typed(closed, "m")) is ModelUnreachable
    assert "ANCRAGE_OPENAI_SECONDS" in typed(failure("APITimeoutError"), "m").help
