"""The ways out: each channel knows how one kind of notification is delivered."""
