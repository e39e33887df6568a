"""Telling people: what they are told of, by which way, and that it arrives once."""
