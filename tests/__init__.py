"""What Hallway promises, checked where somebody relies on it."""
