"""Hallway: messaging for learning platforms."""

__version__ = "0.1.0"
