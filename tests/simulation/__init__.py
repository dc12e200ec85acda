"""Random worlds: many seeded steps through the real use-cases, then what must always hold."""
