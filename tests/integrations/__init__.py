"""Tests of what speaks with the outside."""
