"""The shipped sample dossier: a fictitious medicine, in French and in English, and the scripts that make its files."""
