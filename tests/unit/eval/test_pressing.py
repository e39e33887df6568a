"""A file of pairs is judged and told by kind; a set that must stay unread shows figures only."""

from pathlib import Path

from eval.pressing import pressed, told

PAIRS = """
- kind: numbers
  quote: "Nausea occurred in 12 % of patients."
  right: ["12 % of patients had nausea."]
  wrong: ["21 % of patients had nausea.", "Patients had nausea in 12 % of cases."]
- kind: doses
  language: fr
  quote: "La dose est de 10 mg."
  right: ["La dose est de 20 mg."]
  wrong: []
"""


def test_it_tells_the_share_blocked_of_each_side(tmp_path: Path) -> None:
    file = tmp_path / "pairs.yaml"
    file.write_text(PAIRS, "utf-8")
    judged = list(pressed(file))
    assert [(p.language, p.side, p.verdict) for p in judged] == [
        ("en", "right", "needs_review"),
        ("en", "wrong", "block"),
        ("en", "wrong", "needs_review"),
        ("fr", "right", "block"),
    ]
    assert judged[1].blocked_by[0].startswith("GR3")
    lines = {line.split()[0]: line.split()[1:] for line in told(judged)}
    assert lines["numbers"] == ["right", "0.0%", "of", "1", "wrong", "50.0%", "of", "2"]
    assert lines["doses"][:4] == ["right", "100.0%", "of", "1"]
    assert lines["all"][1] == "50.0%"


def test_it_tells_how_many_right_ones_are_blocked_for_a_computed_number_alone(tmp_path: Path) -> None:
    file = tmp_path / "pairs.yaml"
    file.write_text(
        "- {kind: numbers, quote: 'The hazard ratio for relapse was 0.61.', right: ['The hazard of relapse was lowered by 39 %.']}",
        "utf-8",
    )
    assert [line for line in told(pressed(file)) if line.startswith("of the right ones, 1")]


SINGLE = """
- {id: one, language: fr, quote_language: en, quote: "The dose is 10 mg.", statement: "La dose est de 20 mg.", right: false, why: other dose}
- {id: two, language: en, quote: "The dose is 10 mg.", statement: "A dose of 10 mg is given.", right: true, why: order}
- {id: three, language: en, say: fr, quote: "The dose is 10 mg.", statement: "La dose est de 10 mg.", right: true, why: same}
"""


def test_a_file_of_single_statements_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "single-e.yaml"
    file.write_text(SINGLE, "utf-8")
    assert [(p.kind, p.language, p.side, p.verdict) for p in pressed(file)] == [
        ("single-e", "fr", "wrong", "block"),
        ("single-e", "en", "right", "needs_review"),
        ("single-e", "fr", "right", "needs_review"),
    ]
