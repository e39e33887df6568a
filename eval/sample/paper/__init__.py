"""The trial paper of the sample dossier: ORIENT-HF, a fictitious randomised trial, as a two-column PDF."""

from pathlib import Path


def make(language: str, out: Path) -> Path:
    """Write `paper.pdf` in `language` ("en" or "fr") into the folder `out` and return its path."""
    from eval.sample.paper.content import load
    from eval.sample.paper.layout import write_paper

    path = out / "paper.pdf"
    write_paper(load(language), path)
    return path
