"""Every body and frame of the public API, a module for each area."""
