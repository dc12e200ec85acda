"""Where everything is kept: SQL for SQLite and PostgreSQL, and the same contract in memory."""
