import pytest

from api.web.refusals import translated
from assistant.publishing.conditions.data import MARKETS, Condition, market_of
from assistant.publishing.conditions.wording import SENTENCES
from guardrails.packs import pack_of

CONDITIONS = [one for market in MARKETS for one in market_of(market).conditions]


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: one.id)
def test_a_condition_asks_of_the_same_pieces_as_the_rules_that_hold_it(condition: Condition) -> None:
    rules = {rule.id: rule for rule in pack_of(condition.market).rules}
    for name in condition.rules:
        rule = rules[name]
        assert rule.stages[0] == "release"
        assert set(rule.kinds) == set(condition.when["kinds"])
        assert set(rule.qualifications) == set(condition.when["qualifications"])


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: one.id)
def test_every_condition_names_its_sources_and_is_said_in_both_languages(condition: Condition) -> None:
    assert condition.sources["asked"]
    assert all(set(text) == {"en", "fr"} for text in (condition.title, *condition.sources.values()))
    marks = ("(S)", "(s)", "(P)", "(K)")
    for text in condition.sources.values():
        assert all(said.endswith(marks) for said in text.values())


def test_every_rule_that_holds_at_release_and_looks_for_a_record_has_its_condition() -> None:
    held = {(one.market, rule) for one in CONDITIONS for rule in one.rules}
    asked = {
        (market, rule.id)
        for market in ("FR", "UK", "US")
        for rule in pack_of(market).rules
        if rule.stages[0] == "release"
        and rule.check in {"record_present", "visa_in_force", "visa_of_these_bytes", "internal_number"}
        and rule.params.get("key") != "ai_mark"
    }
    assert asked == held


def test_windows_lie_in_their_year_in_order_and_apart() -> None:
    for market in MARKETS:
        for calendar in market_of(market).calendars:
            days = [day for one in calendar.windows for day in (one.opens_on, one.closes_on)]
            assert days == sorted(set(days))
            assert {one.opens_on.year for one in calendar.windows} == {calendar.year}


def test_a_market_without_a_file_asks_for_nothing_and_keeps_its_register() -> None:
    assert market_of("DE").conditions == ()
    assert market_of("DE").keep_years == market_of("EU").keep_years == 3


@pytest.mark.parametrize("sentence", SENTENCES.values())
def test_what_to_do_next_is_said_in_french(sentence: str) -> None:
    text, known = translated(sentence.format("2026-07-08", "2026-07-28", "2026-09-30"), "fr")
    assert known
    assert text != sentence
