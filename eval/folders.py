"""Where a set lies below the folder that the person names: they may name the set's own folder or one far above it."""

from pathlib import Path


def find_below(data: Path, place: str | Path) -> Path:
    """`data / place`, or the first such place deeper down; `data / place` where there is none, for the caller to miss."""
    wanted = data / place
    return wanted if wanted.exists() else next(iter(sorted(data.rglob(str(place)))), wanted)


def label_files(data: Path) -> list[Path]:
    """The PDFs in `data`, or where there are none those in the folders called `labels` below it."""
    return sorted(data.glob("*.pdf")) or sorted(data.rglob("labels/*.pdf"))
