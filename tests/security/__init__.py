"""Attacks that were tried on Hallway, a file for each thing that an attacker wants, each with its good twin."""
