"""Moments as the tables keep them: whole microseconds since 1970, in UTC."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Convert an aware datetime to microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def to_micros_or_none(moment: datetime | None) -> int | None:
    """Convert an aware datetime to microseconds since 1970, keeping None."""
    return None if moment is None else to_micros(moment)


def from_micros(micros: int) -> datetime:
    """Convert microseconds since 1970 to an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def from_micros_or_none(micros: int | None) -> datetime | None:
    """Convert microseconds since 1970 to an aware datetime in UTC, keeping None."""
    return None if micros is None else from_micros(micros)
