"""What the checks let through: true sentences, faithful rewordings, and true sentences made wrong in one way at a time.

English sentences come from the PDFs below the data folder, French ones from the shipped sample.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from eval.corruptions import Material, corrupt
from eval.folders import label_files
from eval.judged import RULES, doubted, evidence_from, findings_in_place, findings_on, judge, verdict_of
from eval.pairs import SHIPPED
from eval.parallel import LONGEST, SHORTEST, parallel_sentences
from eval.pressing import pressed
from eval.sample import FOLDER
from eval.suites.judging import judge_rows
from eval.suites.outside import corruptions_of
from guardrails.approved import contradiction
from guardrails.model import Beside, Evidence, Language, Verdict
from guardrails.surroundings import beside
from ingestion.errors import AncrageError
from ingestion.formats import read

_UNREAD = (
    *(f"{stem}-{half}" for stem in ("pairs", "translated") for half in "dfhjln"),
    "library",
)
"""Sets that were never read, or of which every second entry was not."""
_SENTENCES = 350
_OF_KIND = 100
_DRAWN = 4
"""How many times as many sentences the second program may look at: most of its ways apply to few."""
_OTHERS = 80
_REWORDINGS = Path(__file__).parents[1] / "rewordings"
_LIBRARY = Path(__file__).parents[1] / "library"
OUTSIDE = Path(__file__).parents[1] / "outside"
"""Documents that outside testers wrote."""
_MEDICINES = (
    ("Velmora", "cardorelone", "cardorélone"),
    ("Brelanex",),
    ("tolmavir",),
    ("Sorvatide", "lumigliptin"),
    ("placebo",),
)
_STUDIES = ("ORIENT-HF", "CASTOR-2", "PREVAIL", "AFFIRM", "MERIDIAN-3")


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, what it was and how it was judged."""

    group: str
    """`corrupted:numbers`, `rewording`, `true` …"""
    language: Language
    verdict: Verdict
    statement: str
    source: str
    doubted: bool | None = None
    """Of a right statement: whether the machine doubts it (see `doubted`)."""


def run(
    data: Path,
    say: Callable[[str], None],
    sentences: int = _SENTENCES,
    of_kind: int = _OF_KIND,
    seed: int = 11,
) -> list[dict[str, Any]]:
    """Measure on `sentences` sentences a language, drawn with `seed`, and on `of_kind` wrong statements of the second
    program a kind and language.
    """
    pools = _pools(data, say)
    judged = [
        *_rewordings(),
        *_pressed(),
        *_of_library(),
        *_corrupted(pools, sentences, seed),
        *_of_outside(data, pools, sentences, of_kind, seed, say),
        *_translated(sentences, seed),
        *disputed_examples(data, say),
    ]
    for line in missed(judged):
        say(line)
    return [*_rows(judged), *judge_rows(data, say)]


def missed(judged: Iterable[Judged], most: int = 3) -> Iterator[str]:
    """Some of the corrupted statements that were not blocked, and of the faithful ones that were. Half unread sets show none."""
    shown: Counter[tuple[str, str]] = Counter()
    for item in judged:
        if any(name in item.group for name in _UNREAD):
            continue
        untrue = item.group.startswith("corrupted") or item.group.endswith((":wrong", ":contradicts"))
        wrong = item.verdict != "block" if untrue else item.verdict == "block"
        key = (item.group, item.language)
        if wrong and shown[key] < most:
            shown[key] += 1
            yield f"{item.group} ({item.language}) {item.verdict}: “{item.statement}” for “{item.source}”"


def _rewordings() -> Iterator[Judged]:
    for file in sorted(_REWORDINGS.glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text("utf-8")):
            language: Language = entry["language"]
            other: Language = "en" if language == "fr" else "fr"
            quoted = other if entry["translated"] else language
            found = findings_on(entry["statement"], language, [entry["source"]], quoted)
            group = "rewording:translated" if entry["translated"] else "rewording"
            yield Judged(
                group, language, verdict_of(found), entry["statement"], entry["source"], doubted(found)
            )


def _pressed() -> Iterator[Judged]:
    """The shipped statements that press the checks: `pressed:dev:wrong` and so on; see `eval/adversarial`."""
    for file in sorted(SHIPPED.glob("*.yaml")):
        named = file.stem.partition("-")[0]
        part = {"held": "held", "pairs": file.stem, "translated": file.stem}.get(named, "dev")
        for item in pressed(file):
            yield Judged(
                f"pressed:{part}:{item.side}",
                item.language,
                item.verdict,
                item.statement,
                " ".join(item.quotes),
                doubted(item.findings),
            )


def _of_library() -> Iterator[Judged]:
    """Statements beside approved claims, `library:claims-d:contradicts`, `library:claims-d:others` and so on; see `eval/library`."""
    for file in sorted(_LIBRARY.glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text("utf-8")):
            language: Language = entry.get("say") or entry["language"]
            found = contradiction(entry["statement"], language, entry["claim"])
            verdict: Verdict = "pass" if found is None else "block" if found.sure else "needs_review"
            kind = "contradicts" if entry["relation"] == "contradicts" else "others"
            yield Judged(f"library:{file.stem}:{kind}", language, verdict, entry["statement"], entry["claim"])


def disputed_examples(data: Path, say: Callable[[str], None]) -> Iterator[Judged]:
    """What reviewers held to be judged wrongly: `disputed/*.jsonl` below the data folder, as `ancrage review disputed`
    writes it. Only findings of the rules of grounding can be judged here; the others are counted and said.
    """
    others = 0
    for file in sorted((data / "disputed").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if not line.strip():
                continue
            entry = json.loads(line)
            quotes = [quote["text"] for quote in entry["quotes"]]
            if entry["rule"] not in RULES or not quotes:
                others += 1
                continue
            language: Language = entry["language"]
            verdict = judge(entry["statement"], language, quotes, entry["quotes"][0]["language"])
            yield Judged(entry["decision"], language, verdict, entry["statement"], " ".join(quotes))
    if others:
        say(f"{others} disputed findings are of other rules, or without a quote: left out.")


_Placed = tuple[Evidence, Mapping[str, Beside]]
_Pools = Mapping[Language, dict[str, _Placed]]
"""By language each sentence with its place."""


def _pools(data: Path, say: Callable[[str], None]) -> _Pools:
    """English labels below the data folder, or the sample's where there are none; the French ones of the sample."""
    english = label_files(data) or sorted((FOLDER / "files" / "en").glob("*.pdf"))
    french = sorted((FOLDER / "files" / "fr").glob("*.pdf"))
    return {"en": _placed(english, "en", say), "fr": _placed(french, "fr", say)}


def _corrupted(pools: _Pools, sentences: int, seed: int) -> Iterator[Judged]:
    chance = random.Random(seed)  # noqa: S311  a sample, not a secret
    for language, placed in pools.items():
        true = sorted(placed)
        for sentence in chance.sample(true, min(sentences, len(true))):
            found = findings_in_place(sentence, *placed[sentence])
            yield Judged("true", language, verdict_of(found), sentence, sentence)
            others = tuple(
                other for other in chance.sample(true, min(_OTHERS, len(true))) if other != sentence
            )
            for wrong in corrupt(Material(sentence, language, others, _MEDICINES, _STUDIES), seed):
                verdict = judge(wrong.statement, language, wrong.quotes, language)
                yield Judged(f"corrupted:{wrong.kind}", language, verdict, wrong.statement, wrong.source)


def _of_outside(
    data: Path, pools: _Pools, sentences: int, of_kind: int, seed: int, say: Callable[[str], None]
) -> Iterator[Judged]:
    """What the second program makes of the same documents, the papers below the data folder and those that outside
    testers wrote: `corrupted:numbers:outside` and so on.
    """
    written = sorted(file for file in OUTSIDE.iterdir() if file.suffix in {".pdf", ".docx"})
    papers = sorted(data.rglob("papers/*.pdf"))
    for language, placed in pools.items():
        more = [*papers, *written] if language == "en" else written
        documents: dict[str, list[str]] = defaultdict(list)
        for sentence, (evidence, _) in (placed | _placed(more, language, say)).items():
            documents[evidence.source].append(sentence)
        every = [tuple(document) for document in documents.values()]
        for wrong in corruptions_of(every, language, _DRAWN * sentences, of_kind, seed):
            verdict = judge(wrong.statement, language, wrong.quotes, language)
            source = " ".join(wrong.quotes)
            yield Judged(f"corrupted:{wrong.kind}:outside", language, verdict, wrong.statement, source)


def _translated(sentences: int, seed: int) -> Iterator[Judged]:
    """The sample's sentences beside the same in the other language, true (`translated:true`) and made wrong
    (`corrupted:numbers:translated` …): what is compared across languages. What exchanges whole citations is left out.
    """
    both = parallel_sentences()
    taken = random.Random(seed).sample(both, min(sentences, len(both)))  # noqa: S311  a sample, not a secret
    ways: tuple[tuple[Language, Language], ...] = (("fr", "en"), ("en", "fr"))
    for language, quoted in ways:
        true = [pair[language] for pair in both]
        for pair in taken:
            sentence, quote = pair[language], pair[quoted]
            verdict = judge(sentence, language, [quote], quoted)
            yield Judged("translated:true", language, verdict, sentence, quote)
            others = tuple(other for other in true[:_OTHERS] if other != sentence)
            for wrong in corrupt(Material(sentence, language, others, _MEDICINES, _STUDIES), seed):
                if wrong.quotes == (sentence,):
                    verdict = judge(wrong.statement, language, [quote], quoted)
                    group = f"corrupted:{wrong.kind}:translated"
                    yield Judged(group, language, verdict, wrong.statement, quote)


def _placed(files: Iterable[Path], language: Language, say: Callable[[str], None]) -> dict[str, _Placed]:
    """Each whole sentence of prose of the files, with the passage that it stands in and what stands beside that."""
    found: dict[str, _Placed] = {}
    for file in files:
        try:
            reading = read(file)
        except AncrageError as error:
            say(f"{file.name} was refused: {error.message}")
            continue
        if reading.language == language:
            evidence = evidence_from(reading, file.name)
            near = beside(evidence)
            found |= {
                unit.text: (item, near)
                for item in evidence
                if item.layer == "body"
                for unit in item.sentences
                if unit.kind == "sentence" and SHORTEST < len(unit.text) < LONGEST
            }
    return found


def _rows(judged: Sequence[Judged]) -> Iterator[dict[str, Any]]:
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for item in judged:
        groups[item.group, item.language].append(item)
        groups[item.group, "both"].append(item)
    for (group, language), items in sorted(groups.items()):
        told = {
            f"share_{verdict}": [item.verdict == verdict for item in items]
            for verdict in ("block", "needs_review", "pass")
        }
        if all(item.doubted is not None for item in items):
            told["share_doubted"] = [bool(item.doubted) for item in items]
        for metric, values in told.items():
            share = sum(values) / len(items)
            low, high = _wilson(share, len(items))
            yield {
                "dataset": group, "split": language, "system": "checks", "metric": metric,
                "value": round(share, 4), "low": round(low, 4), "high": round(high, 4), "n": len(items),
            }  # fmt: skip


def _wilson(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share: it does not shrink to nothing at 0 and 1."""
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5 / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)
