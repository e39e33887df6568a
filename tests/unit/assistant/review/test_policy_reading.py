"""What may be a policy, and what is said of what may not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from api.web.refusals import in_language
from assistant.errors import InvalidInput
from assistant.review.inviolable import missing_signatures
from assistant.review.model import KINDS, QUALIFICATIONS
from assistant.review.plan import plan_for
from assistant.review.policy import Facts, default_policy
from assistant.review.policy_reading import canonical, policy_json, read_policy
from tests.builders.policies import MARKETS, policies, policy_with, shipped, with_steps

Change = Callable[[dict[str, Any]], object]
FACTS = st.builds(
    Facts,
    kind=st.sampled_from(sorted(KINDS)),
    market=st.sampled_from(MARKETS),
    qualification=st.sampled_from(sorted(QUALIFICATIONS)),
    findings=st.frozensets(st.sampled_from(["FR8", "FR21", "GR5"])),
    override_requested=st.booleans(),
    unchanged=st.booleans(),
)


def first_step(data: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data["workflows"][0]["steps"][0]["signatures"]
    return found


def without(role: str) -> Change:
    return lambda data: data["workflows"][0]["steps"][0].update(
        signatures=[one for one in first_step(data) if one["role"] != role]
    )


def test_what_is_written_is_read_back_as_the_same_policy() -> None:
    policy = default_policy()
    assert read_policy(canonical(policy)) == policy
    assert read_policy(yaml.safe_dump(policy_json(policy))) == policy
    assert len(policy.hash) == 64


def test_a_comment_or_another_layout_is_no_other_policy() -> None:
    text = yaml.safe_dump(shipped(), default_flow_style=True)
    assert read_policy(f"# A comment\n{text}").hash == default_policy().hash
    assert read_policy(policy_with(lambda data: data.update(months_valid=12))).hash != default_policy().hash


def french_pharmacist(data: dict[str, Any]) -> None:
    french = {
        "name": "France",
        "when": {"markets": ["FR"]},
        "steps": [
            {"signatures": [{"role": "medical"}]},
            {
                "signatures": [
                    {"role": "pharmacist"},
                    {"role": "legal", "when": {"override_requested": True}},
                ]
            },
        ],
    }
    data["workflows"].insert(0, french)


def test_in_france_the_pharmacist_may_sign_in_the_stead_of_regulatory() -> None:
    policy = read_policy(policy_with(french_pharmacist))
    plan = plan_for(policy, Facts("quiz", "FR", "promotional"))
    assert [[one.role for one in step.signatures] for step in plan.steps] == [["medical"], ["pharmacist"]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("medical"), "workflow usual breaks WF2: a medical signature"),
        (without("regulatory"), "breaks WF2: a regulatory signature"),
        (without("legal"), "breaks WF2: legal signs where the writer asks for an override"),
        (lambda d: first_step(d)[0].update(skip={"unchanged": True}), "WF2: a medical signature"),
        (lambda d: first_step(d)[0].update(when={"markets": ["FR"]}), "WF2: a medical signature"),
        (
            lambda d: first_step(d)[2].update(when={"override_requested": True, "markets": ["FR"]}),
            "WF2: legal signs",
        ),
        (lambda d: d["publication"][0].update(roles=["regulatory"]), "WF2: the pharmacist alone releases"),
        (lambda d: d["publication"].pop(0), "WF2: the pharmacist alone releases"),
        (lambda d: d["publication"][-1].update(roles=["medical"]), "WF2: only regulatory or the pharmacist"),
        (lambda d: d["confirmation"][-1].update(roles=["regulatory", "legal"]), "WF6: medical and one more"),
        (lambda d: d["confirmation"][-1].update(roles=["medical"]), "WF6: medical and one more"),
    ],
)
def test_a_policy_that_drops_an_inviolable_signature_is_refused_with_its_rule(
    change: Change, said: str
) -> None:
    with pytest.raises(InvalidInput, match="drops a signature that no policy may drop") as refused:
        read_policy(policy_with(change))
    assert said in refused.value.message
    assert refused.value.params["rules"] == [said[said.index("WF") :][:3]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(bypass=True), "The policy has a key that nobody reads: bypass"),
        (lambda d: d.pop("months_valid"), "The policy lacks months_valid"),
        (lambda d: d.update(months_valid=36), "Months_valid is not a whole number that can be"),
        (lambda d: d.update(months_valid=True), "Months_valid is not a whole number"),
        (lambda d: d.update(workflows=[]), "Workflows is not a list with something in it"),
        (lambda d: d["workflows"][0].update(when={"markets": ["FR"]}), "leave some pieces without a row"),
        (lambda d: d["workflows"].append({**d["workflows"][0], "name": "b"}), "rows that are never reached"),
        (lambda d: d["publication"].append(d["publication"][-1]), "rows that are never reached"),
        (lambda d: first_step(d)[0].update(role="writer"), "names the role writer"),
        (lambda d: first_step(d)[0].update(role="admin"), "names the role admin"),
        (lambda d: first_step(d)[0].update(needed=0), "medical: needed is not a whole number"),
        (lambda d: first_step(d)[0].update(needed=3, asked=2), "medical: asked is not a whole number"),
        (lambda d: first_step(d)[1].update(skip={}), "regulatory is skipped always"),
        (lambda d: first_step(d)[1].update(when={"colour": ["red"]}), "a key that nobody reads: colour"),
        (lambda d: first_step(d)[1].update(when={"kinds": ["poster"]}), "names poster, which is none"),
        (lambda d: first_step(d)[1].update(when={"markets": ["Mars"]}), "Mars is not a market"),
        (lambda d: first_step(d)[1].update(when={"markets": [False]}), "YAML reads as no"),
        (lambda d: first_step(d)[1].update(when={"findings": ["\ud800"]}), "something that is no word"),
        (lambda d: first_step(d)[1].update(when={"unchanged": "yes"}), "neither true nor false"),
        (lambda d: d["publication"][0].update(when={"unchanged": True}), "nobody reads: unchanged"),
        (lambda d: d["superseded_and_standing"].pop("other"), "says nothing of the other markets"),
        (lambda d: d["superseded_and_standing"].update(FR="gone"), "neither live nor suspended"),
        (lambda d: d["escalation"].update(to=[]), "is not a list with something in it"),
    ],
)
def test_what_cannot_be_is_refused_and_named(change: Change, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_policy(policy_with(change))
    assert said in refused.value.message
    require_french(refused.value)


def require_french(refused: InvalidInput) -> None:
    """Sentence and help, and no word of the English one but names of the file."""
    shown = in_language(refused, "fr")
    assert not shown.foreign, refused.message
    english = {"the", "has", "is", "of", "workflow", "step", "lacks", "holds", "which", "one"}
    assert not english & set(f"{shown.message} {shown.help}".lower().replace(",", " ").split())


@pytest.mark.parametrize("text", ["", "[]", "a: [", "- " * 5000, "x" * 70_000, "&a [*a, *a]", "1: 2"])
def test_what_is_no_policy_at_all_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_policy(text)
    require_french(refused.value)


def test_a_refusal_says_in_french_where_the_policy_is_wrong() -> None:
    def wrong(data: dict[str, Any]) -> None:
        first_step(data)[0].update(needed=0)

    with pytest.raises(InvalidInput) as refused:
        read_policy(policy_with(wrong))
    said = in_language(refused.value, "fr").message
    assert said == "Le circuit usual, étape 1, medical: needed n’est pas un nombre entier possible."


@given(policies(), FACTS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_accepted_asks_for_the_inviolable_signatures_of_every_piece(
    text: str, facts: Facts
) -> None:
    try:
        policy = read_policy(text)
    except InvalidInput as refused:
        assert "no policy may drop" in refused.message  # noqa: PT017  the builder makes no other fault
        return
    plan = plan_for(policy, facts)
    signed = [one.role for step in plan.steps for one in step.signatures for _ in range(one.needed)]
    assert missing_signatures(signed, [str(n) for n in range(len(signed))], facts.market) == ()
    assert "legal" in signed or not facts.override_requested
    assert all(1 <= one.needed <= one.asked for step in plan.steps for one in step.signatures)


def test_steps_in_order_with_a_quorum() -> None:
    text = with_steps([{"role": "medical", "needed": 2, "asked": 3}], [{"role": "regulatory"}])
    plan = plan_for(read_policy(text), Facts("quiz", "EU", "internal"))
    assert [[(n.role, n.needed, n.asked) for n in s.signatures] for s in plan.steps] == [
        [("medical", 2, 3)],
        [("regulatory", 1, 1)],
    ]


def test_the_policy_in_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[4] / "docs" / "policies.md").read_text(encoding="utf-8")
    policy = read_policy(page.split("```yaml\n")[1].split("```")[0])
    unchanged = Facts("email", "FR", "promotional", unchanged=True)
    assert policy.workflow(unchanged).name == "short way"
    french = plan_for(policy, Facts("email", "FR", "promotional"))
    assert [[one.role for one in step.signatures] for step in french.steps] == [
        ["medical"],
        ["legal", "regulatory"],
        ["pharmacist"],
    ]


def bomb() -> str:
    """Nine layers of nine aliases each: a text of a few lines that stands for 400 million words."""
    layers = ['a0: &a0 ["promotional"]']
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(layers)


@pytest.mark.parametrize(
    "text",
    [
        bomb(),
        policy_with(lambda data: data.update(workflows=[])).replace("[]", "&w [*w]"),
        "{workflows: &w [], publication: *w}",
        "workflows:\n  <<: {name: x}\n",
    ],
)
def test_a_policy_that_repeats_by_aliases_is_refused_before_anything_walks_it(text: str) -> None:
    with pytest.raises(InvalidInput, match="repeats by an alias or a merge") as refused:
        read_policy(text)
    assert not in_language(refused.value, "fr").foreign


@pytest.mark.parametrize("text", ["months_valid: 12\nmonths_valid: 24", "a: [{b: {c: 1,\nc: 2}}]"])
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"holds the key \w+ twice, again at line 2") as refused:
        read_policy(text)
    assert not in_language(refused.value, "fr").foreign


@pytest.mark.parametrize(
    "text", ["[" * 5_000, "? [a, b]\n: 1", "a: &a", "--- 1\n--- 2", "", "a: !!set {a, a}"]
)
def test_a_text_of_another_sort_is_refused_as_before(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_policy(text)
