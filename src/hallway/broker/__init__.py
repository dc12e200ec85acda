"""Events on their way from the process that committed them to everyone who listens."""
