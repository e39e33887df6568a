"""The register's files are brought, what they propose is seen, and what is ticked is kept."""

from collections.abc import Callable
from pathlib import Path

from assistant.corpus.products import find_product
from tests.builders.register import MEDICINE, OTHER, write_register
from tests.integration.test_web.conftest import Browser, World

Browse = Callable[[str], Browser]


def bring(browser: Browser, page: str, folder: Path) -> None:
    files = [("files", (path.name, path.read_bytes(), "text/plain")) for path in sorted(folder.iterdir())]
    answer = browser.post(page, data={"csrf": browser.csrf}, files=files, follow_redirects=False)
    assert answer.headers["location"] == page


def test_what_is_ticked_is_kept(world: World, browse: Browse, tmp_path: Path) -> None:
    page = f"/products/{world.ids['product']}/register"
    person = browse("regulatory")
    assert "Bring the register" in person.get(page).text
    bring(person, page, write_register(tmp_path / "files"))
    shown = person.get(page).text
    assert "Remboursé Séc. Soc. à 65" in shown
    assert "CIS_CIP_bdpm.txt" in shown
    person.send_form(f"{page}/apply", field=["reimbursement", "cis"])
    assert set(find_product(world.app.db, "Velmora").sheet) == {"reimbursement", "cis"}
    assert "No field was chosen." in person.send_form(f"{page}/apply").text


def test_several_medicines_are_listed_to_choose_from(world: World, browse: Browse, tmp_path: Path) -> None:
    page = f"/products/{world.ids['product']}/register"
    person = browse("librarian")
    bring(person, page, write_register(tmp_path / "files", medicines=f"{MEDICINE}\n{OTHER}"))
    shown = person.get(page).text
    assert "Which medicine is it?" in shown
    assert "Remboursé" not in shown
    assert "Remboursé" in person.get(f"{page}?cis=69999991").text
