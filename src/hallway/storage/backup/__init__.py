"""Saving all that an installation keeps in one file, and restoring it, from either database into either."""
