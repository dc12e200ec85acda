"""What operators start Hallway with."""
