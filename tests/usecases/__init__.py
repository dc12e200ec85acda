"""The use-cases over the memory store, with the cast of `tests.school`."""
