"""Manifests as people save them, and what a line may say."""

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.manifest import BulkItem, Defaults, Refused, read_manifest
from assistant.corpus.model import ApprovalRequest
from assistant.errors import InvalidInput


def lines(tmp_path: Path, text: str, encoding: str = "utf-8", **defaults: object) -> list[BulkItem | Refused]:
    path = tmp_path / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    return read_manifest(path, Defaults(**defaults))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_french_and_english_headers_in_any_usual_encoding(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    header = ["Fichier", "Produit", "TYPE", "marché", "Langue", "Titre", "pages-exclues", "citer_les_notes"]
    row = ["a.pdf", "Velmora", "RCP", "FR|EU", "FR", "Résumé", '"3,7-9"', "oui"]
    (item,) = lines(tmp_path, f"{delimiter.join(header)}\n{delimiter.join(row)}\n", encoding)
    assert isinstance(item, BulkItem)
    request = item.request
    assert (item.line, item.path) == (2, tmp_path / "a.pdf")
    assert (request.product, request.kind, request.markets) == ("Velmora", "label", ("FR", "EU"))
    assert (request.language, request.title) == ("fr", "Résumé")
    assert (request.excluded_pages, request.cite_notes) == ((3, 7, 8, 9), True)


def test_what_a_line_leaves_out_is_taken_from_the_command(tmp_path: Path) -> None:
    (item,) = lines(tmp_path, "file,kind\na.pdf,\n", product="Velmora", kind="label", markets=("FR",))
    assert isinstance(item, BulkItem)
    assert (item.request.product, item.request.kind, item.request.markets) == ("Velmora", "label", ("FR",))


def test_an_approval_is_whole_or_not_there(tmp_path: Path) -> None:
    header = "file,approval,approved on,expires on\n"
    whole, none, half = lines(tmp_path, header + "a,MLR-1,2026-01-01,2027-01-01\nb,,,\nc,MLR-1,,2027-01-01\n")
    assert isinstance(whole, BulkItem)
    assert whole.request.approval == ApprovalRequest("MLR-1", date(2026, 1, 1), date(2027, 1, 1))
    assert isinstance(none, BulkItem)
    assert none.request.approval is None
    assert isinstance(half, Refused)
    assert half.error.message == "Line 4: An approval needs its reference and both dates."


def test_a_line_is_counted_as_an_editor_counts_it(tmp_path: Path) -> None:
    items = lines(tmp_path, 'file,title,cite notes\n\na,"two\nlines",perhaps\nb,,maybe\n')
    assert [item.line for item in items] == [3, 5]


def test_a_file_replaces_another_of_the_manifest_by_name_or_a_source_by_id(tmp_path: Path) -> None:
    new, _, other = lines(tmp_path, "file,replaces\nb/new.pdf,old.pdf\n./old.pdf,\nc.pdf,source_12\n")
    assert isinstance(new, BulkItem)
    assert isinstance(other, BulkItem)
    assert (new.after, new.request.replaces) == ("old.pdf", None)
    assert (other.after, other.request.replaces) == (None, "source_12")


@pytest.mark.parametrize("name", ["../a.pdf", "/etc/passwd", "b/../../a.pdf", "..\\a.pdf"])
def test_a_path_outside_the_manifests_folder_is_refused(tmp_path: Path, name: str) -> None:
    (item,) = lines(tmp_path, f"file\n{name}\n")
    assert isinstance(item, Refused)
    assert "outside" in item.error.message


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to("/etc/passwd")
    (item,) = lines(tmp_path, "file\nlink.pdf\n")
    assert isinstance(item, Refused)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("name,market\na,FR\n", "name"),
        ("market\nFR\n", "file"),
        ("file,Type,kind\na,label,paper\n", "kind"),
        ("file,market\n", "names no file"),
        ("", "names no file"),
    ],
)
def test_a_table_that_is_no_manifest_is_refused_whole(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(InvalidInput, match=named) as refusal:
        lines(tmp_path, text)
    assert refusal.value.help
