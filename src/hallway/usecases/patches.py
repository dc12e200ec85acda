"""Patches: changes to some fields of a record. A field that is not given stays as it is.

Each is a type of its own with the fields that may be changed, and is applied field by field: what is new on the wire
changes nothing before a use-case names it.
"""

from typing import TypeVar

from msgspec import UnsetType

T = TypeVar("T")


def given(value: T | UnsetType, present: T) -> T:
    """Return what was given, else what is there."""
    return present if isinstance(value, UnsetType) else value
