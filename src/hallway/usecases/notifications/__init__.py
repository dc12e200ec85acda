"""Notify people who are away, and take the mails that they answer with."""
