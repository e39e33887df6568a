"""The shipped sample dossier: a fictitious medicine, in French and in English, and the scripts that make its files."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where `dossier.yaml` and `files/` are."""
