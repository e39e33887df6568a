"""The marked sentences: how they are judged, and the bar that the splitter has to reach on them."""

from pathlib import Path

from eval.boundaries import LANGUAGES, judge, load_marked


def test_a_boundary_is_right_missed_or_invented(tmp_path: Path) -> None:

    (tmp_path / "en.txt").write_text(
        "It fell. ¦ It rose. ¦ it stayed.\n\nThe unknown abbr. Thing fell.\n", encoding="utf-8"
    )
    first, second = (judge(marked) for marked in load_marked("en", tmp_path))
    assert (first.right, first.missed, first.invented) == (1, ("It fell. It rose. ¦ it stayed.",), ())
    assert (second.right, second.invented) == (0, ("The unknown abbr. ¦ Thing fell.",))
    assert (first.all, second.all) == (2, 1)


def test_ninety_nine_of_a_hundred_marked_boundaries_are_right() -> None:
    judged = [judge(marked) for language in LANGUAGES for marked in load_marked(language)]
    total, right = sum(found.all for found in judged), sum(found.right for found in judged)
    assert total >= 150, "the marked texts are missing"
    wrong = [text for found in judged for text in (*found.missed, *found.invented)]
    assert right >= 0.99 * total, wrong
