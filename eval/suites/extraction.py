"""How faithfully PDFs are read: against Poppler's `pdftotext`, against facts that people checked on the pages, and the
boundaries of sentences that people marked.

Running heads are found by one method in Poppler's text and taken from both sides; only pages that the reader calls good
are compared. Facts about files that the folder does not hold are left out and counted.
"""

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from eval.boundaries import LANGUAGES, judge, load_marked
from eval.facts import KINDS, Fact, FactKind, holds, is_right_in_doubt, is_wrong_in_silence, load_facts
from eval.fidelity import Comparison, compare, running_heads, without_heads
from eval.suites import figure
from ingestion.errors import AncrageError
from ingestion.formats import read
from ingestion.model import Page, Reading

_EXAMPLES = 8
_SECONDS = 120


def run(data: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure on every PDF in `data` and below."""
    files = sorted(data.rglob("*.pdf"))
    if not files:
        say(f"There is no PDF in {data}: nothing to measure.")
    program = shutil.which("pdftotext")
    if program is None:
        say("pdftotext (Poppler) is not installed: text fidelity is not measured.")
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in load_facts():
        facts[fact.file].append(fact)
    compared: dict[str, Comparison] = {}
    verdicts: list[tuple[Fact, bool]] = []
    silent = doubted = 0
    for file in files:
        try:
            reading = read(file)
        except AncrageError as error:
            say(f"{file.name} was refused: {error.message}")
            verdicts.extend((fact, False) for fact in facts.get(file.name, ()))
            continue
        verdicts.extend((fact, holds(fact, reading)) for fact in facts.get(file.name, ()))
        for fact in (fact for fact in facts.get(file.name, ()) if fact.kind == "cell"):
            doubted += is_right_in_doubt(fact, reading)
            if is_wrong_in_silence(fact, reading):
                silent += 1
                say(f"another value in silence: {fact}")
        if program and (reference := _poppler(program, file)):
            compared[str(file.relative_to(data))] = _compare(reading, reference, say, file.name)
    unseen = len(set(facts) - {file.name for file in files})
    if unseen:
        say(f"Facts about {unseen} files that are not in {data} are left out.")
    cells = sum(fact.kind == "cell" for fact, _ in verdicts)
    return [
        *_fidelity_rows(data.name, compared),
        *_fact_rows(data.name, verdicts, say),
        *([figure(data.name, "cells with another value in silence", silent, cells)] if cells else []),
        *(
            [figure(data.name, "cells with the right value, said to be doubtful", doubted, cells)]
            if cells
            else []
        ),
        *_boundary_rows(say),
    ]


def _poppler(program: str, file: Path) -> list[str]:
    """Poppler's text of each page; none where it cannot read the file."""
    words = (program, "-enc", "UTF-8", str(file), "-")
    answer = subprocess.run(words, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603  fixed words
    return answer.stdout.decode("utf-8", "replace").split("\f") if answer.returncode == 0 else []


def _compare(reading: Reading, reference: Sequence[str], say: Callable[[str], None], name: str) -> Comparison:
    heads = running_heads(reference)
    total = Comparison()
    left = 0
    for page, text in zip(reading.pages, reference, strict=False):
        if page.quality != "good":
            continue
        theirs, _ = without_heads(text, heads)
        ours, ran = without_heads(_kept(page), heads)
        left += ran
        total.add(compare(theirs, ours))
    say(
        f"{name}: recall {total.recall:.4f}, precision {total.precision:.4f}, broken or glued {total.damaged:.4%} "
        f"of {total.words} words, {left} running heads left"
    )
    for what, words in (("broken", total.broken), ("glued", total.glued)):
        if words:
            say(f"  {what}: {', '.join(islice(words, _EXAMPLES))}")
    return total


def _kept(page: Page) -> str:
    """What the page says, without what the reader takes for furniture."""
    return "\n\n".join(page.text[r.start : r.end] for r in page.regions if r.layer != "furniture")


def _fidelity_rows(dataset: str, compared: dict[str, Comparison]) -> Iterator[dict[str, Any]]:
    total = Comparison()
    folders: dict[str, Comparison] = defaultdict(Comparison)
    for name, comparison in compared.items():
        total.add(comparison)
        folders[str(Path(name).parent)].add(comparison)
    folders.pop(".", None)
    named = [*compared.items(), *folders.items(), *([(dataset, total)] if compared else [])]
    for name, found in named:
        yield figure(name, "character recall against Poppler", found.recall, found.characters)
        yield figure(
            name, "character precision against Poppler", found.precision, found.found + found.invented
        )
        yield figure(name, "broken or glued words", found.damaged, found.words)


def _fact_rows(
    dataset: str, verdicts: Sequence[tuple[Fact, bool]], say: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    by_kind: dict[FactKind, list[bool]] = {kind: [] for kind in KINDS}
    for fact, right in verdicts:
        by_kind[fact.kind].append(right)
        if not right:
            say(f"not so: {fact}")
    for kind, results in by_kind.items():
        if results:
            yield figure(dataset, f"checked facts right: {kind}", sum(results) / len(results), len(results))


def _boundary_rows(say: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    judged = {language: [judge(marked) for marked in load_marked(language)] for language in LANGUAGES}
    for language, results in [
        *judged.items(),
        ("all", [found for each in judged.values() for found in each]),
    ]:
        total = sum(found.all for found in results)
        if total:
            right = sum(found.right for found in results) / total
            yield figure(f"sentences {language}", "boundaries right", right, total)
    for found in (found for each in judged.values() for found in each):
        for text in found.missed:
            say(f"boundary missed: {text}")
        for text in found.invented:
            say(f"boundary invented: {text}")
