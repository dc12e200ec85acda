"""What goes wrong in the world, done to the real server: nothing acknowledged is lost, nothing is doubled."""
