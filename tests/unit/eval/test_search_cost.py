"""How the cost of a search is told, and what is measured of the dossier in place."""

import numpy as np
import pytest

from assistant.store.words import query_stems, stems
from eval.gates import gates
from eval.report import page
from eval.suites import figure
from eval.suites.in_place import plain, wanted
from eval.suites.made_up import SyntheticEmbedder, _postings, _word
from eval.suites.search_cost import MADE_UP, _rows, ratios, systems


def test_a_fused_search_is_told_as_a_ratio_to_the_slower_of_its_parts() -> None:
    medians = {"fused, fast tier": 30.0, "words alone": 10.0, "fast model alone": 20.0}
    assert ratios(medians) == {"fused, fast tier / slower part alone": pytest.approx(1.5)}
    both = {**medians, "fused, both models": 60.0, "better model alone": 50.0}
    assert ratios(both)["fused, both models / slower part alone"] == pytest.approx(1.2)


def test_each_part_alone_is_the_same_search_without_the_others() -> None:
    asked = systems(better=True)
    assert (asked["words alone"].vectors, asked["words alone"].collapse) == (False, True)
    assert (asked["fast model alone"].words, asked["fast model alone"].better) == (False, False)
    assert (asked["better model alone"].vectors, asked["better model alone"].better) == (False, True)
    assert not any(settings.rerank for settings in asked.values())
    assert "better model alone" not in systems(better=False)


def test_the_ratios_are_held_by_gates_and_the_curve_is_drawn() -> None:
    medians = {
        "fused, fast tier": 30.0,
        "words alone": 10.0,
        "fast model alone": 25.0,
        "fused, both models": 60.0,
        "better model alone": 30.0,
    }
    points = [
        {**figure(MADE_UP, "median ms by number of passages", 30.0, 30, system="fused, fast tier"), "x": size}
        for size in (10_000, 1_000_000)
    ]
    results = [*_rows("search over real passages", "scifact, 12000", medians, 30), *points]
    report = {"suite": "speed", "provenance": {}, "results": results}
    assert {gate.row["system"]: gate.holds for gate in gates(report) if gate.measured} == {
        "fused, fast tier / slower part alone": True,
        "fused, both models / slower part alone": False,
    }
    assert page(report).count("<polyline") == 2  # the curve and its place in the legend
    assert "1000000" in page(report)


def test_a_made_up_word_is_its_own_stem() -> None:
    words = [_word(number) for number in (1, 50, 4_999, 19_999)]
    assert stems(" ".join(words), "en") == words
    assert query_stems(words[1]) == [words[1]]


def test_made_up_postings_say_where_each_word_stands_and_how_often() -> None:
    rows = {row["stem"]: row for row in _postings("r", np.array([[7, 7, 9] * 10, [9, 9, 9] * 10]))}
    assert np.frombuffer(rows["x9"]["ordinals"], "<u4").tolist() == [0, 1]
    assert np.frombuffer(rows["x9"]["in_text"], "<u2").tolist() == [10, 30]
    assert np.frombuffer(rows["x7"]["ordinals"], "<u4").tolist() == [0]


def test_the_same_question_has_the_same_unit_vector() -> None:
    one, other = SyntheticEmbedder(16).embed(["x1 x2", "x3"]), SyntheticEmbedder(16).embed(["x1 x2"])
    assert np.allclose(one[0], other[0])
    assert np.allclose(np.linalg.norm(one, axis=1), 1.0)
    assert not np.allclose(one[0], one[1])


def test_words_are_compared_whatever_stands_between_them() -> None:
    assert plain("95 patients (7,9\u00a0%)") == plain("95 patients 7.9 %")
    assert plain("eGFR ≥ 60") in plain("with an eGFR\n≥60 mL")


@pytest.mark.parametrize("corpus", ["sample", "labels"])
def test_every_answerable_question_names_the_words_that_answer_it(corpus: str) -> None:
    asked = [one for split in ("dev", "test") for one in wanted(split, corpus)]
    assert len(asked) > 50
    assert all(plain(one.words) and one.file for one in asked)
