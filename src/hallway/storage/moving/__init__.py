"""Moving an installation from SQLite to PostgreSQL while it serves (docs/decisions/0017)."""
