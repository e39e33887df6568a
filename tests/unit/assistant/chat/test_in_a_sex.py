"""What a study found in everybody is no result in women, nor in men."""

import pytest

from assistant.chat.answering import Judged, answer
from assistant.chat.needs import needs_of
from assistant.chat.question import concepts, take_apart
from assistant.chat.readable import readable
from assistant.engines.extractive import read_units
from assistant.retrieval.vocabulary import Vocabulary
from assistant.store.words import stems
from tests.builders.labels import label_evidence

IN_ALL = "The prevalence of torvitis was 4.1%."
IN_WOMEN = "The prevalence of torvitis was 6.2% in women."
BREASTS = "The prevalence of gynaecomastia was 0.5%."


def told(question: str, *texts: str, kind: str = "paper") -> list[str]:
    evidence = label_evidence({"Results": list(texts)}, source_kind=kind)
    held = {stem: 1 for text in texts for stem in stems(text, "en")}
    vocabulary = Vocabulary(20, held)
    asked, needs = take_apart(question, (), frozenset(held)), needs_of(question, (), vocabulary)
    fused = {item.passage: 0.5 for item in evidence}
    return [unit.text for unit in answer(asked, readable(read_units(evidence), ()), Judged(needs, fused))]


@pytest.mark.parametrize("question", ["prevalence of torvitis in women?", "torvitis prevalence among women"])
def test_the_rate_in_everybody_is_none_in_women(question: str) -> None:
    assert told(question, IN_ALL) == []
    assert told(question, IN_WOMEN) == [IN_WOMEN]


def test_who_asks_of_everybody_is_told_it() -> None:
    assert told("prevalence of torvitis?", IN_ALL) == [IN_ALL]


def test_what_men_alone_have_need_not_name_them() -> None:
    assert told("prevalence of gynaecomastia in men?", BREASTS) == [BREASTS]


def test_a_cut_off_is_no_cut_tablet() -> None:
    split = concepts()["splitting"].asked
    assert not split.search("egfr cut off for exclusion")
    assert not split.search("alt cut-off?")
    assert split.search("can it be cut in half?")
