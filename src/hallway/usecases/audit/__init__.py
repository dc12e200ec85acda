"""Record in the audit log, and read it."""
