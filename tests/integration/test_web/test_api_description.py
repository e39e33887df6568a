"""Schemathesis over the OpenAPI description: whatever is sent, and by whomever, the answer is a described one and no fault."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from assistant.people.roles import Actor, Role
from assistant.people.sessions import make_token
from tests.integration.conftest import FakeClock, insert_person
from tests.integration.test_web.conftest import World, _open

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = {"everything": 10, "admin": 3, "nobody": 2}
"""Requests for each operation, by who sends them."""
TYPICAL = {
    "market": "EU",
    "language": "en",
    "product": "Velmora",
    "kind": "key-moments",
    "rendition": "html",
    "statement": "s1",
}


@dataclass(frozen=True)
class Described:
    """The API, what is there, and the headers of each kind of visitor."""

    schema: Any
    ids: Mapping[str, str]
    visitors: Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def described(
    furnished: tuple[Path, dict[str, Actor], dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Described]:
    origin, people, ids = furnished
    home = tmp_path_factory.mktemp("described") / "home"
    shutil.copytree(origin, home)
    app = _open(home, FakeClock())
    with app.db.write() as tx:
        everything = insert_person(tx, "Everything", list(Role), "")
    visitors = {
        "everything": {"Authorization": f"Bearer {make_token(app.db, everything, 'a machine')}"},
        "admin": {"Authorization": f"Bearer {make_token(app.db, people['admin'], 'a machine')}"},
        "nobody": {},
    }
    known = World(app, people, dict(ids)).ids | {"task": ids["piece"], "user": people["rep"].id}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(app))
    yield Described(schema, {**known, **TYPICAL}, visitors)
    app.close()


def trial(described: Described, visitor: str, operation: Any, broken: list[str]) -> Callable[[], None]:
    """Requests to one operation; what is wrong is noted and not raised: the world has moved on since, so a repetition says nothing."""

    @settings(
        max_examples=EXAMPLES[visitor],
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def one(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from((GenerationMode.POSITIVE, GenerationMode.NEGATIVE)))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        for name in case.path_parameters or {}:
            if data.draw(st.booleans()):
                case.path_parameters[name] = described.ids.get(name, f"{name}_0")
        try:
            answer = case.call(headers=dict(described.visitors[visitor]))
        except Exception as fault:  # noqa: BLE001  a fault of ours comes through the ASGI transport as it is
            broken.append(f"{case.method} {case.formatted_path} {case.body!r:.300}: {fault!r}")
            return
        try:
            case.validate_response(answer, checks=CHECKS)
        except BaseExceptionGroup as failed:
            reasons = "; ".join(map(str, failed.exceptions))
            broken.append(f"{case.method} {case.formatted_path}: {reasons}\n{answer.text[:500]}")

    return one


# Schemathesis' own strategies draw from `random` now and then; which requests are made is not ours to repeat.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@pytest.mark.parametrize("visitor", EXAMPLES)
def test_every_answer_is_a_described_one(described: Described, visitor: str) -> None:
    broken: list[str] = []
    tried = 0
    for result in described.schema.get_all_operations():
        trial(described, visitor, result.ok(), broken)()
        tried += 1
    assert not broken, "\n\n".join(broken)
    assert tried == len(list(described.schema.get_all_operations())) > 60
