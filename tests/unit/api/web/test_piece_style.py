"""The style sheet of renditions, held to the pane of the review screen."""

import re
from importlib.resources import files

from api.web.piece_style import held, piece_style, piece_style_address

OURS = ":not(.desk, .desk *)"


def test_each_rule_applies_within_the_pane_alone_and_to_nothing_of_the_desk() -> None:
    sheet = files("assistant.review").joinpath("templates", "piece.css").read_text(encoding="utf-8")
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", held(sheet))
    assert len(rules) == len(re.findall(r"[^{}]+\{[^{}]*\}", sheet)) > 40
    for rule in rules:
        for selector in rule.replace(OURS, "").split(","):
            assert selector.strip().startswith("#rendition"), selector
        assert rule.count(OURS) + rule.count(":root") == len(
            rule.replace(OURS, "").split(",")
        ) or rule.strip() == ("#rendition")


def test_what_is_said_of_page_body_and_main_is_said_of_what_stands_for_them() -> None:
    made = held(":root { --ink: #000; } body.brief { color: var(--ink) } main p, main li { margin: 0 }")
    assert made == (
        f"#rendition {{ --piece-ink: #000; }} #rendition div:where(.body).brief{OURS} {{ color: var(--piece-ink) }} "
        f"#rendition div:where(.main) p{OURS}, #rendition div:where(.main) li{OURS} {{ margin: 0 }}"
    )


def test_rules_for_a_medium_stay_under_it() -> None:
    made = held("/* a { b: c } */ @media print {\n  body { max-width: none; }\n}\n")
    assert made == f" @media print {{\n  #rendition div:where(.body){OURS} {{ max-width: none; }}\n}}\n"


def test_its_address_changes_with_its_bytes() -> None:
    assert re.fullmatch(r"/static/piece\.css\?v=[0-9a-f]{12}", piece_style_address())
    assert not re.search(r"::[\w-]+:", piece_style()), "what comes behind a pseudo-element voids its rule"
