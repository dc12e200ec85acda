"""Whole, separate things that do not know each other: each speaks with one outside format or service."""
