"""How events get from one process to the others."""
