"""The English of the docs: proselint, with rules of our own for the faults that we make."""
