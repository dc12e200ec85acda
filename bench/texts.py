"""What people write to each other in the benchmark, the same for every contender."""

FILLER = "How do I find the exit when the light is out, and who opens the door? Please tell me soon."


def text(number: int) -> str:
    """A message of about 100 bytes that starts with its number."""
    return f"{number} {FILLER}"
