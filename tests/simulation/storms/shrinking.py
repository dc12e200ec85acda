"""A failing storm made small: without every fault and deed that it does not need to fail."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.simulation.storms.faults import FAULTS, Faults

PassThrough = Callable[[int, Faults], object]
"""Runs the storm of a seed, and raises what goes wrong."""


def failure(pass_through: PassThrough, seed: int, faults: Faults) -> BaseException | None:
    """What goes wrong in this storm, with its diary; None when nothing does."""
    try:
        pass_through(seed, faults)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, it is what was looked for
        return wrong
    return None


def shrunk(pass_through: PassThrough, seed: int, faults: Faults) -> Faults:
    """The fewest faults with which this seed still fails in the same way."""
    same = type(failure(pass_through, seed, faults))
    while True:
        fairer = next((one for one in _fairer(faults) if type(failure(pass_through, seed, one)) is same), None)
        if fairer is None:
            return faults
        faults = fairer


def _fairer(faults: Faults) -> Iterator[Faults]:
    """One thing less that may go wrong, or fewer deeds."""
    for fault in (*FAULTS, "changes"):
        if getattr(faults, fault):
            yield replace(faults, **{fault: 0.0})
    for fewer in (faults.deeds // 2, faults.deeds - 1):
        if fewer:
            yield replace(faults, deeds=fewer)
    if faults.devices > 1:
        yield replace(faults, devices=faults.devices - 1)
    if faults.accounts > 1:
        yield replace(faults, accounts=1)
