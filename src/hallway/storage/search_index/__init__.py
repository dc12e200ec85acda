"""The index of messages, in SQL: FTS5 on SQLite, a GIN index on PostgreSQL, both with the terms of one analyser of ours.

It is derived from the messages: it is in no backup, and is built anew wherever it is missing.
"""
