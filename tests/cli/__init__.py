"""The command `hallway`, as an operator types it."""
