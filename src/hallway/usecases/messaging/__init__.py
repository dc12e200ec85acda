"""Conversations and messages: list, open, send, read, delete, search."""
