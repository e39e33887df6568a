"""Whatever stands in a text, no check raises or goes on without an end; and one that does raise never lets anything pass as clean."""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guardrails.checks import CHECKS, CheckOfRule
from guardrails.checks.each import each_segment
from guardrails.checks.length import LONGEST, LONGEST_QUOTES
from guardrails.model import CheckContext, Document, Finding, Language, PieceKind, Segment, SegmentKind, Stage
from guardrails.packs import Rule, pack_of
from guardrails.runner import run
from tests.unit.guardrails.builders import (
    INDICATION,
    LABEL,
    RESULT,
    SAFETY,
    SHEET,
    citation,
    context,
    document,
    evidence,
    found,
    segment,
    statement,
)

PASSAGE = evidence(*LABEL)
MARKETS = ("FR", "EU", "US", "UK", "XX")
SECONDS = 20
"""Of processor time for one piece with one absurd text: what else runs on the machine does not count."""
PIECE_WIDE = {
    "ai_disclosed", "additional_monitoring", "audience_allowed", "brand_and_inn", "email_parts", "field_stands", "indication_stands",
    "internal_number", "language_of_market", "pattern_stands", "product_not_frozen", "record_present", "references_complete",
    "risk_near_benefit", "safety_balance", "safety_stands", "sender_and_nature", "short_enough", "unsubscribe", "verified_reader", "visa_in_force",
    "visa_of_these_bytes",
}  # fmt: skip
"""What stands somewhere in the piece, or nowhere: it cannot be asked of one text."""


class OutOfTimeError(BaseException):
    """No `Exception`: nothing that holds a crash may take it for one."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise OutOfTimeError(number, frame)

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def raised(doc: Document, given: CheckContext) -> list[str]:
    """The checks that raise on the piece, called as they are and through the runner."""
    with processor_time(SECONDS):
        report = run(doc, given)
    return [f"{f.rule} at {f.where}: {f.evidence}" for f in report.findings if f.evidence.get("did_not_run")]


ABSURD = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(categories=["Cs", "Nd", "No", "Nl", "Mn", "Cf", "Zs", "Lo"]), max_size=60),
    st.lists(
        st.sampled_from(
            [
                "0", "-0", "1e9999999", "10⁹⁹⁹⁹⁹", "9" * 400, "0." + "0" * 300 + "1", "1/0", "0/0", "٣٤", "三十", "½", "NaN", "∞", "1,2,3,4",
                "%", "mg", "every", "hours", "toutes les", "heures", "one in", "sur", "to", "à", "-", "–", "±", "≤", "<", "p =", "HR", "95 % CI",
                "\ud800", "\u202e", "שלום", "مرضى", "\x00", "\n", "\u00a0", "{{", "}}", "[…]", "{rule}", "%s", "not", "ne pas", "Velmora", "(", ")",
                ";", "…", "e" * 200, "𝟙𝟚", "🙂", "reduced the risk by", "n = 0", "29/02/2025", "99:99", "J0", "week 0", "-1 years",
            ]
        ),
        max_size=14,
    ).map(" ".join),
)  # fmt: skip
SEGMENTS = st.builds(
    lambda text, kind, role, language, quotes, group: replace(
        segment(text, kind, role),
        language=language,
        group=group,
        citations=tuple(replace(citation(RESULT, PASSAGE), quote=quote, quote_language=language) for quote in quotes),
    ),
    ABSURD,
    st.sampled_from(get_args(SegmentKind)),
    st.sampled_from(["result", "title", "subject", "question", "key", "distractor", "mention", "indication", "safety"]),
    st.sampled_from(get_args(Language)),
    st.lists(st.one_of(ABSURD, st.just(RESULT)), max_size=2),
    st.sampled_from(["", "q1"]),
)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(SEGMENTS, max_size=5),
    st.sampled_from(get_args(PieceKind)),
    st.sampled_from(MARKETS),
    st.sampled_from(["draft", "send", "turn"]),
    ABSURD,
)
def test_no_check_raises_on_whatever_stands_in_a_text(
    segments: list[Segment], kind: PieceKind, market: str, stage: Stage, name: str
) -> None:
    named = [replace(one, id=f"s{number}") for number, one in enumerate(segments)]
    passage = evidence(RESULT, name or "x", INDICATION)
    given = context(
        passage, market=market, stage=stage, product={**SHEET, "sender": name, "indications": name}
    )
    assert raised(document(*named, kind=kind), given) == []


LONG = {
    "one word": "a",
    "words": "patients with heart failure were not treated ",
    "digits": "1",
    "numbers": "12.5 % 3 mg ",
    "spaces": " ",
    "results": "reduced the risk of death by 28 % (HR 0.77; 95 % CI 0.66 to 0.90), not in adults; ",
    "a French result": "n'est pas indiqué chez l'adulte, réduit de 12,5 % et ",
    "commas": "a, ",
    "dots": "1.2.3.",
    "brackets": "(",
    "ranges": "1-2–3 ",
    "tokens": "{{",
    "codes": "ABC-1 ",
    "lines": "\n",
    "right to left": "שלום מטופלים ",
    "half characters": "\ud800",
}


@pytest.mark.parametrize("stuff", LONG.values(), ids=LONG)
@pytest.mark.parametrize("market", ["FR", "UK"])
def test_a_hundred_kilobytes_without_an_end_are_held_and_not_read(stuff: str, market: str) -> None:
    text = (stuff * 100_000)[:100_000]
    cited = citation(RESULT, PASSAGE)
    absurd = segment(text, "statement", "result", "s1", citations=(cited,))
    quoting = segment("It fell.", "statement", "result", "s2", citations=(replace(cited, quote=text),))
    doc = document(absurd, quoting, statement(SAFETY, SAFETY, of=PASSAGE, lineage="s3"))
    assert raised(doc, context(PASSAGE, market=market)) == []
    verdicts = run(doc, context(PASSAGE, market=market)).verdicts
    assert (verdicts["s1"], verdicts["s2"], verdicts["s3"]) == ("block", "block", "pass")
    assert {f.where for f in found("GR12", doc, context(PASSAGE, market=market))} == {"s1", "s2"}


@pytest.mark.parametrize("stuff", LONG.values(), ids=LONG)
def test_what_is_just_short_enough_is_read_in_bounded_time(stuff: str) -> None:
    text = (stuff * LONGEST)[:LONGEST]
    doc = document(statement(text, RESULT, of=PASSAGE, lineage="s1"), segment(text, lineage="t1"))
    assert raised(doc, context(PASSAGE)) == []


def test_what_is_held_as_too_long_says_how_long_it_may_be() -> None:
    texts = [f.messages for f in found("GR12", document(segment("x" * (LONGEST + 1))))]
    assert [(str(LONGEST) in each["en"], "phrases" in each["fr"]) for each in texts] == [(True, True)]
    assert not found("GR12", document(segment("x" * LONGEST)))
    many = statement("It fell.", *[RESULT] * (LONGEST_QUOTES // len(RESULT) + 1), of=PASSAGE)
    assert "quotes" in found("GR12", document(many))[0].message("en")


class Poisoned(Segment):
    """A text that cannot be read: each look at it raises."""

    @property
    def text(self) -> str:  # type: ignore[override]
        raise ArithmeticError("unreadable")

    @text.setter
    def text(self, value: str) -> None:
        del value


POISON = Poisoned("p1", "statement", "subject", "x", "en", citations=(citation(RESULT, PASSAGE),))


@pytest.mark.parametrize("kind", ["email", "quiz", "brief"])
@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("stage", ["draft", "send", "turn"])
def test_a_text_that_cannot_be_read_costs_itself_alone_wherever_a_check_goes_text_by_text(
    kind: PieceKind, market: str, stage: Stage
) -> None:
    apart = statement(SAFETY, SAFETY, of=PASSAGE, lineage="s2")  # some rules read what stands directly beside
    doc = document(statement(RESULT, RESULT, of=PASSAGE, lineage="s1"), apart, POISON, kind=kind)
    report = run(doc, context(PASSAGE, market=market, stage=stage))
    lost = [f for f in report.findings if f.evidence.get("did_not_run")]
    checks = {rule.id: rule.check for rule in pack_of(market).rules}
    assert {checks[f.rule] for f in lost if f.where == "piece"} <= PIECE_WIDE
    assert "p1" in {f.where for f in lost if checks[f.rule] not in PIECE_WIDE} <= {"p1", "s2"}
    assert report.verdicts["p1"] == "block"


def test_every_check_is_known_to_go_text_by_text_or_to_see_the_whole_piece() -> None:
    by_text = {
        "every_fact_cites",
        "quotes_agree",
        "wording_agrees",
        "lexicon",
        "tokens",
        "sources_in_force",
        "one_key",
    }
    assert by_text <= set(CHECKS) - PIECE_WIDE
    assert set(CHECKS) >= PIECE_WIDE


@each_segment
def falls(rule: Rule, segment: Segment, document: Document, context: CheckContext) -> Iterator[Finding]:
    if segment.id in str(context.extra["fallen"]).split():
        raise RuntimeError(rule.id + document.title)
    yield from ()


def falls_whole(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    raise RuntimeError(f"{rule.id} {document.title} {context.market}")
    yield


GOOD = document(
    segment("Velmora: key moments", lineage="t1"),
    statement(INDICATION, INDICATION, of=PASSAGE, role="indication", lineage="s1"),
    statement(SAFETY, SAFETY, of=PASSAGE, role="safety", lineage="s2"),
)
LINEAGES = ("t1", "s1", "s2")


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.sampled_from(sorted({rule.check for rule in pack_of("FR").rules})), min_size=1, max_size=4),
    st.sets(st.sampled_from(LINEAGES), min_size=1),
    st.sets(st.sampled_from(LINEAGES)),
    st.booleans(),
)
def test_a_check_that_falls_never_lets_through_what_it_fell_on(
    broken: set[str], fallen: set[str], attested: set[str], whole: bool
) -> None:
    given = context(PASSAGE, attested=frozenset(attested), extra={"fallen": " ".join(fallen)})
    report = run(GOOD, given, {**CHECKS, **dict.fromkeys(broken, falls_whole if whole else falls)})
    sound = run(GOOD, given, {**CHECKS, **dict.fromkeys(broken, silent)})
    hit = {rule.id for rule in pack_of("FR").rules if rule.check in broken} & set(report.rules)
    lost = {(f.rule, f.where) for f in report.findings if f.evidence.get("did_not_run")}
    assert lost == {(rule, place) for rule in hit for place in (["piece"] if whole else fallen)}
    for lineage in LINEAGES:
        held = bool(hit) and (whole or lineage in fallen)
        if held:
            assert report.verdicts[lineage] != "pass"
        else:
            assert report.verdicts[lineage] == sound.verdicts[lineage]
    if hit and whole:
        assert not any(verdict == "pass" for verdict in report.verdicts.values())


def silent(rule: Rule, document: Document, context: CheckContext) -> Iterator[Finding]:
    del rule, document, context
    return iter(())


@pytest.mark.parametrize("check", ["lexicon", "rank_of_result_said", "quantities_stand", "sources_fit"])
@pytest.mark.parametrize("attested", [frozenset[str](), frozenset({"s1", "s2"})])
def test_a_rule_that_would_only_warn_holds_what_it_could_not_read(
    check: str, attested: frozenset[str]
) -> None:
    given = context(PASSAGE, market="XX", attested=attested, extra={"fallen": "s2"})
    warned = replace(next(r for m in MARKETS for r in pack_of(m).rules if r.check == check), severity="warn")
    (finding,) = falls(warned, GOOD, given)
    assert (finding.severity, finding.where) == ("needs_review", "s2")


@pytest.mark.parametrize(("check", "where"), [(falls, "s2"), (falls_whole, "piece")])
def test_what_did_not_run_is_named_says_what_to_do_and_is_logged_with_its_traceback(
    check: CheckOfRule, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    given = context(PASSAGE, market="XX", extra={"fallen": "s2"})
    with caplog.at_level(logging.ERROR):
        report = run(GOOD, given, {**CHECKS, "quantities_stand": check})
    (finding,) = report.findings
    assert (finding.rule, finding.where) == ("GR3", where)
    assert "Rule GR3 (Every number stands in the quote)" in finding.message("en")
    assert "tell whoever runs Ancrage" in finding.message("en")
    assert "La règle GR3 (Chaque nombre figure dans la citation)" in finding.message("fr")
    (record,) = caplog.records
    assert "GR3" in record.getMessage()
    assert record.exc_info
    assert record.exc_info[0] is RuntimeError
    assert check.__name__ in caplog.text, "the traceback names the function that raised"
