"""How long something will take, in words."""

import math

TWO_MINUTES = 120


def duration(seconds: float) -> str:
    """Say it in seconds or in minutes, rounded up."""
    if seconds > TWO_MINUTES:
        return f"about {math.ceil(seconds / 60)} minutes"
    return f"about {math.ceil(seconds) + 1} seconds" if seconds else "less than a second"
