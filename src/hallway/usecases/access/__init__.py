"""Who may come in, and for how long: sessions, signing in, links, passwords, personal access tokens."""
