"""`make pictures`: a picture of every page in a folder of the documentation, and the page that lists them."""

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.conftest import ARGUMENTS, Person, Site, find_chromium, served
from tests.e2e.filled import PASSPHRASE, fill
from tests.e2e.places import OTHERS, PAGES

VIEWPORT = {"width": 1280, "height": 860}
TALLEST = 1500
"""Pixels: the head of a long page says how it looks."""
WIDTH = 1000
QUALITY = 62
README_SHOWS = "/review/{piece_id}"
HEAD = """# Every page

As they look in a filled home, in English and by light; `make pictures` makes them anew. The people and the medicine are fictitious.
"""


def main(folder: Path) -> None:
    """Fill a home, serve it, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    with TemporaryDirectory(prefix="ancrage-pictures-") as home:
        made = fill(Path(home))
        with served(Path(home)) as address, sync_playwright() as playwright:
            site = Site(address, Path(home), made, PASSPHRASE)
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            lines = _take_all(browser, site, folder)
            browser.close()
    (folder / "README.md").write_text(HEAD + "".join(lines), encoding="utf-8")


def _take_all(browser: Browser, site: Site, folder: Path) -> list[str]:
    people: dict[str, Person] = {}
    lines = []
    for name, (whose, path) in {**PAGES, **OTHERS}.items():
        if whose not in people:
            people[whose] = Person(browser, site, whose, viewport=VIEWPORT, color_scheme="light", locale="en")
            people[whose].speak("en")
        person = people[whose]
        person.go(path.format(**site.made))
        person.page.wait_for_load_state("networkidle")
        file = f"{_file_name(name)}.webp"
        _keep(person.page.screenshot(full_page=True), folder / file)
        if name == README_SHOWS:
            _keep(person.page.screenshot(), folder / "review-screen.webp")
        lines.append(
            f"\n## {person.page.title().partition(' – ')[0]}\n\n`{name}`, seen by {whose or 'anybody'}\n\n![{name}]({file})\n"
        )
    for person in people.values():
        person.leave()
    return lines


def _file_name(name: str) -> str:
    plain = "".join(c if c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in plain.split("-") if part) or "home"


def _keep(png: bytes, path: Path) -> None:
    whole: Image.Image = Image.open(io.BytesIO(png)).convert("RGB")
    head = whole.crop((0, 0, whole.width, min(whole.height, TALLEST)))
    head.resize((WIDTH, round(head.height * WIDTH / head.width)), Image.Resampling.LANCZOS).save(
        path, "WEBP", quality=QUALITY, method=6
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
