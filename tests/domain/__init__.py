"""The rules, asked without a store: facts in, verdict out."""
