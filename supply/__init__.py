"""What Hallway is made of: its locked packages, the list of them, and what is known against them."""
