"""Bibliographic references: what a document says of itself, and which of them a text names."""
