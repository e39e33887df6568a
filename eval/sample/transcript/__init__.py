"""The webinar of the sample dossier: a transcript in WebVTT of three people who talk over the deck."""

from pathlib import Path


def make(language: str, out: Path) -> Path:
    """Write `webinar.vtt` in `language` ("en" or "fr") into the folder `out` and return its path."""
    from eval.sample.transcript.content import load
    from eval.sample.transcript.webvtt import render

    path = out / "webinar.vtt"
    path.write_text(render(load(language)), encoding="utf-8", newline="\n")
    return path
