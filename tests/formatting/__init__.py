"""How the text of a message is shown."""
