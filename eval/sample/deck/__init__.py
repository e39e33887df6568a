"""The slide deck of the sample dossier: 20 slides that follow version 1 of the label."""

from pathlib import Path


def make(language: str, out: Path) -> Path:
    """Write `deck.pptx` in `language` ("en" or "fr") into the folder `out` and return its path."""
    from eval.sample.deck.content import load
    from eval.sample.deck.layout import write_deck

    path = out / "deck.pptx"
    write_deck(load(language), path)
    return path
