"""The rules: frozen data and pure functions, importing nothing but the standard library."""
