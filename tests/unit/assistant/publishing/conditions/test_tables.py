from pathlib import Path

from assistant.publishing.conditions.tables import main, release_page

DOCS = Path(__file__).parents[5] / "docs"


def test_the_page_is_the_files_that_the_code_obeys() -> None:
    page = (DOCS / "release-conditions.md").read_text(encoding="utf-8")
    assert page == release_page(), "make it again: python -m assistant.publishing.conditions.tables docs"


def test_every_market_and_source_stands_on_it(tmp_path: Path) -> None:
    main([str(tmp_path)])
    page = (tmp_path / "release-conditions.md").read_text(encoding="utf-8")
    for said in (
        "## FR",
        "## UK",
        "## US",
        "R.5122-13",
        "21 CFR 314.81",
        "clause 8.1",
        "2026-07-08 to 2026-07-28",
    ):
        assert said in page
