"""Hallway beside its peers and its bounds, on the same work in the same run: `python -m bench`."""
