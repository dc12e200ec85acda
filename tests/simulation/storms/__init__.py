"""Storms: many clients and the real server over a network that drops, repeats, delays and breaks, in virtual time."""
