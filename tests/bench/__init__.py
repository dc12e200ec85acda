"""The benchmark: that it runs, and that it judges rightly."""
