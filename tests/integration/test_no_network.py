"""With the network cut, the whole embedded way works: nothing needs, or opens, a connection to another host."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eval import sample

PASSPHRASE = "a passphrase for the tests"
ANCRAGE = Path(sys.executable).with_name("ancrage")
LABEL = sample.FOLDER / "files" / "en" / "label-v1.pdf"


def _cut() -> list[str]:
    """The words that run a command in a network namespace of its own, in which not even loopback is up."""
    words = ["unshare", "--map-root-user", "--net"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*words, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("the network cannot be cut here (unshare --net is not allowed): this test is left out")
    return words


def test_a_document_is_read_drafted_searched_and_asked_with_the_network_cut(tmp_path: Path) -> None:
    cut = _cut()
    environment = {
        **os.environ,
        "ANCRAGE_HOME": str(tmp_path / "home"),
        "ANCRAGE_EGRESS": "off",
        "ANCRAGE_WORKERS": "1",
    }

    def ancrage(*words: str) -> dict[str, Any]:
        ran = subprocess.run(
            [*cut, str(ANCRAGE), "--json", *words],
            env=environment,
            input=PASSPHRASE + "\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        document: dict[str, Any] = json.loads(ran.stdout)
        return document

    ancrage("user", "add", "ada", "--role", "admin", "--password-stdin")
    for name, role in (("lena", "librarian"), ("wanda", "writer")):
        ancrage("--as", "ada", "user", "add", name, "--role", role, "--password-stdin")
    approval = ("--approval", "R", "--approved-on", "2026-01-01", "--expires-on", "2099-01-01")
    add = (
        "source",
        "add",
        str(LABEL),
        "--product",
        "Velmora",
        "--kind",
        "label",
        "--market",
        "EU",
        "--language",
        "en",
    )
    assert ancrage("--as", "lena", *add, *approval)["source"]["passages"] > 0
    place = ("--product", "Velmora", "--market", "EU")
    assert ancrage("--as", "wanda", "search", "renal impairment", *place)["hits"]
    assert ancrage("--as", "wanda", "draft", "brief", *place, "--language", "en")["statements"]
    asked = ancrage(
        "--as", "wanda", "ask", "What is the recommended starting dose?", *place, "--language", "en"
    )
    assert asked["status"] == "answered"
