"""Tests of the repository itself: what it says about itself is true."""
