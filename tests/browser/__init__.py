"""Hallway as people meet it: in a real browser, before the real server."""
