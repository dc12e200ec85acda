"""What Hallway is made of is pinned, listed and looked after."""
