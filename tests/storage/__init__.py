"""What belongs to the stores alone: their files, their plans, their writer."""
