from pathlib import Path

from eval.folders import find_below, label_files


def test_a_set_is_found_in_the_folder_itself_and_below_it(tmp_path: Path) -> None:
    deep = tmp_path / "sets" / "scifact" / "beir"
    deep.mkdir(parents=True)
    assert find_below(tmp_path, "scifact/beir") == deep
    assert find_below(tmp_path / "sets", "scifact/beir") == deep
    assert not find_below(tmp_path, "cnil_fr").exists()


def test_labels_are_the_pdfs_of_the_folder_else_of_folders_called_so(tmp_path: Path) -> None:
    folder = tmp_path / "real" / "labels"
    folder.mkdir(parents=True)
    (folder / "a.pdf").touch()
    assert label_files(tmp_path) == [folder / "a.pdf"]
    (tmp_path / "own.pdf").touch()
    assert label_files(tmp_path) == [tmp_path / "own.pdf"]
