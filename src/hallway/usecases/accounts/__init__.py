"""Found an account, change its settings, and keep its secrets."""
