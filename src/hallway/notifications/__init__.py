"""Notify people who are away, and take in what they answer by mail."""
