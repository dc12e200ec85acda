"""The demo academy: a believable organisation with running conversations, to try Hallway in."""
