"""What every implementation of a port must do, asked of each in the same words."""
