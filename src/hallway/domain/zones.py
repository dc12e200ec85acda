"""Time zones by their names, which come and go with the machine's database of them."""

from zoneinfo import ZoneInfo

UTC = "UTC"


def zone_named(name: str) -> ZoneInfo:
    """Find a time zone; UTC for no name, and for one that this machine does not know (any more)."""
    try:
        return ZoneInfo(name or UTC)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(UTC)
