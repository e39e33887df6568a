"""Every message of the pages has its French, with the same holes in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from api.web.language import LOCALE_DIRECTORY
from api.web.refusals import weight
from api.web.words import WORDS

ROOT = Path(__file__).parents[4]
WEB = ROOT / "api" / "web"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "say": None}
HOLES = re.compile(r"%\((\w+)\)s|\{(\d+)(?::[a-z_]+)?\}")
GROUPS = re.compile(r"\{\d+:([a-z_]+)\}")
TOO_BARE = 4
"""A sentence with fewer letters of its own is nearly all values; there is nothing in it to translate."""


def french(domain: str) -> Catalog:
    return catalogue_of("fr", domain)


def catalogue_of(language: str, domain: str) -> Catalog:
    with (LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=language)


def messages_of_the_pages() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(
        str(WEB),
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        options_map={"templates/**.html": {"trimmed": "true"}},
        keywords=KEYWORDS,  # type: ignore[arg-type]  # the stubs are narrower than the function
    )
    return {message for _file, _line, message, _comments, _context in found}


def test_every_message_of_the_pages_has_its_french() -> None:
    catalogue = french("ancrage")
    translated = {
        m.id for m in catalogue if m.id and m.string and (isinstance(m.string, str) or all(m.string))
    }
    missing = messages_of_the_pages() - translated
    assert not missing, f"add to locale/fr/LC_MESSAGES/ancrage.po: {sorted(map(str, missing))}"


def test_what_a_template_says_is_not_translated_for_a_group_of_words_alone() -> None:
    """The “Returned to its writer” of the trail is found by nobody who says it without its group."""
    found = extract_from_dir(
        str(WEB),
        method_map=[("templates/**.html", "jinja2")],
        options_map={"templates/**.html": {"trimmed": "true"}},
        keywords=KEYWORDS,  # type: ignore[arg-type]  # the stubs are narrower than the function
    )
    plain = {m.id for m in french("ancrage") if m.id and not m.context}
    assert not {message for _file, _line, message, _comments, _context in found} - plain


def test_the_french_catalogue_holds_nothing_that_no_page_says() -> None:
    said = messages_of_the_pages()
    in_groups = {word for group in WORDS.values() for word in group.values()}
    stale = {m.id for m in french("ancrage") if m.id and m.id not in (in_groups if m.context else said)}
    assert not stale


@pytest.mark.parametrize("domain", ["ancrage", "refusals"])
def test_a_translation_fills_no_hole_that_its_message_lacks(domain: str) -> None:
    for message in french(domain):
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        given = {hole for text in sources for hole in HOLES.findall(text)}
        wanted = {hole for text in strings for hole in HOLES.findall(text)}
        assert wanted <= given, message.id


def test_a_page_message_keeps_every_hole_in_french() -> None:
    for message in french("ancrage"):
        if isinstance(message.id, str) and isinstance(message.string, str):
            assert sorted(HOLES.findall(message.id)) == sorted(HOLES.findall(message.string)), message.id


@pytest.mark.parametrize("domain", ["ancrage", "refusals"])
def test_french_punctuation_stands_after_a_no_break_space(domain: str) -> None:
    for message in french(domain):
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        for text in strings:
            assert not re.search(r" [:;!?»]|« ", text), text


def refusals_raised() -> dict[str, str]:
    """Every sentence with which a refusal is raised outside the command line, by where it stands; values are holes."""
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("assistant", "ingestion", "guardrails", "prompts", "api")
        for path in (ROOT / folder).rglob("*.py")
        if ROOT / "api" / "cli" not in path.parents
    }
    names = _refusal_names(list(trees.values()))
    return {
        sentence: f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in trees.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
        for argument in [*call.args[:1], *(k.value for k in call.keywords if k.arg == "help")]
        for sentence in _sentences(argument)
    }


def _refusal_names(trees: list[ast.Module]) -> set[str]:
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    names = {"AncrageError"}
    while True:
        more = {
            c.name for c in classes if any(isinstance(b, ast.Name) and b.id in names for b in c.bases)
        } - names
        if not more:
            return names | {"cls"}
        names |= more


def _sentences(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        holes = iter(range(len(node.values)))
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{next(holes)}}}"
            for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from _sentences(node.body)
        yield from _sentences(node.orelse)


def test_every_refusal_has_its_french() -> None:
    known = {m.id for m in french("refusals") if m.string}
    missing = {
        sentence: place
        for sentence, place in refusals_raised().items()
        if sentence not in known and weight(sentence) > TOO_BARE
    }
    assert not missing, f"add to locale/fr/LC_MESSAGES/refusals.po: {missing}"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_hole_of_a_refusal_names_a_group_of_words_and_is_one_of_the_sentence(language: str) -> None:
    for message in catalogue_of(language, "refusals"):
        assert isinstance(message.id, str)
        assert isinstance(message.string, str)
        assert set(GROUPS.findall(message.string)) <= set(WORDS), message.id
        assert set(HOLES.findall(message.string)) <= set(HOLES.findall(message.id)), message.id


def test_what_a_page_says_otherwise_in_english_it_says_in_french_too() -> None:
    known = {message.id for message in french("refusals")}
    assert {message.id for message in catalogue_of("en", "refusals")} <= known
