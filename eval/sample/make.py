"""Make all files of the sample dossier again: `python -m eval.sample.make [--out DIR]`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from eval.sample.typography import LANGUAGES

FILES = Path(__file__).parent / "files"
"""Where the files of the dossier are kept, one folder per language."""


def make_all(out: Path) -> Iterator[Path]:
    """Write every file of the dossier below `out`, one folder per language, and yield each path once written."""
    from eval.sample import claims, deck, labels, paper, transcript

    for language in LANGUAGES:
        folder = out / language
        folder.mkdir(parents=True, exist_ok=True)
        for version in labels.VERSIONS:
            yield labels.make(language, version, folder)
        yield paper.make(language, folder)
        yield deck.make(language, folder)
        yield transcript.make(language, folder)
        yield claims.make(language, folder)


def main() -> None:
    """Read the command line and print the path of each file as it is written."""
    parser = argparse.ArgumentParser(prog="python -m eval.sample.make", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=FILES, help="folder to write to (default: the shipped files)"
    )
    for path in make_all(parser.parse_args().out):
        print(path)


if __name__ == "__main__":
    main()
