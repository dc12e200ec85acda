"""Hallway: messaging for learning platforms."""
