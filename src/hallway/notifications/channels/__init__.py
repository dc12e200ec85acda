"""The ways out, a folder for each: it declares itself, and `registry.declared` finds it. docs/contributors.md shows how."""
