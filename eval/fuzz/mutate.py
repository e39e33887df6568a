"""One spoilt file by its number: the same seed and number give the same bytes, on every machine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from eval.fuzz import octets
from eval.fuzz.packages import repacked
from eval.fuzz.pdfs import rewritten
from eval.fuzz.seeds import Seed
from eval.fuzz.texts import spoilt_text

_ANYWHERE: tuple[Callable[[bytes, Random], bytes], ...] = (
    octets.truncated,
    octets.beheaded,
    octets.bits_flipped,
    octets.bits_flipped,
    octets.zeroed,
    octets.cut_out,
    octets.repeated,
    octets.noise_inserted,
    octets.figures_changed,
)
_WITHIN: dict[str, Callable[[bytes, Random], bytes]] = {
    "pdf": rewritten,
    "pptx": repacked,
    "docx": repacked,
    "transcript": spoilt_text,
    "claims": spoilt_text,
}
_SHARE_WITHIN = 0.55
_SHARE_RENAMED = 0.1
_SHARE_SPLICED = 0.05


@dataclass(frozen=True, slots=True)
class Case:
    """A spoilt file: what it is called, its bytes, and what was done to which file."""

    number: int
    name: str
    data: bytes
    made: str


def case(seeds: Sequence[Seed], number: int, seed: int = 0) -> Case:
    """The case of that number."""
    random = Random(f"{seed}:{number}")  # noqa: S311  repeatable, not secret
    chosen = _seed(seeds, random)
    name, data, done = chosen.name, chosen.data, []
    inside = random.random() < _SHARE_WITHIN
    if inside:
        change = repacked if data.startswith(b"PK") else _WITHIN[chosen.form]
        data = change(data, random)
        done.append(change.__name__)
    elif random.random() < _SHARE_SPLICED:
        data = octets.spliced(data, random.choice(seeds).data, random)
        done.append("spliced")
    else:
        change = random.choice(_ANYWHERE)
        data = change(data, random)
        done.append(change.__name__)
    if random.random() < _SHARE_RENAMED:
        name = octets.renamed(name, random)
        done.append("renamed")
    return Case(number, name, data, f"{chosen.name}: {', '.join(done)}")


def _seed(seeds: Sequence[Seed], random: Random) -> Seed:
    """Each format as often as the others, however many files of it there are."""
    form = random.choice(sorted({seed.form for seed in seeds}))
    return random.choice([seed for seed in seeds if seed.form == form])
