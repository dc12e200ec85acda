"""Answers of the use-cases as bodies of the wire."""
