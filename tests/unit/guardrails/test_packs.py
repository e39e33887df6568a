import hashlib
from typing import get_args

import pytest

from guardrails.checks import CHECKS
from guardrails.model import Severity, Stage
from guardrails.packs import Rule, pack_of, title_of

MARKETS = ["FR", "EU", "US", "UK", "CH"]
NEVER_OVERRIDABLE = {"GR1", "GR2", "GR3", "GR9", "GR11", "GR12", "FR11", "FR13", "FR14", "CH1"}


def rules() -> list[Rule]:
    return list({rule.id: rule for market in MARKETS for rule in pack_of(market).rules}.values())


def test_france_takes_the_rules_of_europe_and_of_everywhere() -> None:
    france, europe, other = ({r.id for r in pack_of(m).rules} for m in ("FR", "EU", "CH"))
    assert other < europe < france
    assert {"FR1", "FR10", "FR11", "EM1"} <= france - europe
    assert {"GR1", "GR2", "GR3", "GR4", "GR7", "GR8", "FR13"} <= other


def test_no_market_takes_the_rules_of_another() -> None:
    assert not any(r.id.startswith(("US", "UK")) for r in pack_of("FR").rules)
    assert not any(r.id in {"FR4", "EM1"} for r in (*pack_of("US").rules, *pack_of("UK").rules))


@pytest.mark.parametrize("market", MARKETS)
def test_ids_are_unique_and_versions_are_digests(market: str) -> None:
    pack = pack_of(market)
    assert len({rule.id for rule in pack.rules}) == len(pack.rules)
    assert len(pack.version) == len(hashlib.sha256().hexdigest())
    assert pack_of(market).version == pack.version


def test_the_version_follows_the_packs_in_force() -> None:
    assert len({pack_of(market).version for market in MARKETS}) == len(MARKETS)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_names_a_check_a_stage_a_source_and_speaks_both_languages(rule: Rule) -> None:
    assert rule.check in CHECKS
    assert rule.stages
    assert set(rule.stages) <= set(get_args(Stage))
    assert rule.severity in get_args(Severity)
    assert rule.source
    assert rule.messages
    assert all(set(texts) == {"en", "fr"} for texts in [rule.titles, *rule.messages.values()])
    assert rule.overridable is (
        rule.id not in NEVER_OVERRIDABLE | {"GR10", "GR4", "GR7", "FR12", "EM6", "UK1"}
    )


def test_visa_rules_hold_at_release_and_mentions_at_submission() -> None:
    pack = pack_of("FR")
    assert {pack.rule(name).stages[0] for name in ("FR10", "FR11", "FR12")} == {"release"}
    assert {pack.rule(f"FR{number}").stages[0] for number in range(1, 10)} == {"submit"}
    assert all("draft" in pack.rule(f"GR{number}").stages for number in range(1, 5))
    assert all("turn" in pack.rule(f"GR{number}").stages for number in range(1, 5))


def test_a_rule_is_called_by_its_title_whichever_pack_holds_it() -> None:
    assert title_of("GR1", "fr") == "Toute phrase factuelle cite une source approuvée"
    assert title_of("FR11", "en")
    assert title_of("XX99", "en") is None


def test_a_message_tells_a_code_in_the_words_of_its_language_and_the_evidence_keeps_it() -> None:
    rule = pack_of("EU").rule("GR8")
    told = rule.finding("s2", "audience", title="hcp", wanted="hcp", allowed=["public", "nurse"])
    assert told.messages == {
        "en": "“hcp” is not approved for the audience health professionals (only general public, nurse).",
        "fr": "« hcp » n'est pas approuvée pour le public professionnels de santé (seulement grand public, nurse).",
    }
    assert (told.evidence["wanted"], told.where) == ("hcp", "s2")
