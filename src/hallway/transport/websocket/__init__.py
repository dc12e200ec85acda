"""The live connection of a client."""
