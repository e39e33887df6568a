from collections.abc import Sequence

import pytest

from assistant.engines.library_errors import typed, unsupported
from assistant.engines.model_errors import (
    ModelBusy,
    ModelCertificate,
    ModelError,
    ModelFailing,
    ModelFiltered,
    ModelKey,
    ModelMalformed,
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
    assert unsupported(typed(failure("BadRequestError", message, status_code=status), "m")) == option
