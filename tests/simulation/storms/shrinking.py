"""A failing storm made small: without every fault and deed that it does not need to fail."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.simulation.storms.weather import FAULTS, Weather

PassThrough = Callable[[int, Weather], object]
"""Runs the storm of a seed, and raises what goes wrong."""


def failure(pass_through: PassThrough, seed: int, weather: Weather) -> BaseException | None:
    """What goes wrong in this storm, with its diary; None when nothing does."""
    try:
        pass_through(seed, weather)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, it is what was looked for
        return wrong
    return None


def shrunk(pass_through: PassThrough, seed: int, weather: Weather) -> Weather:
    """The fairest weather in which this seed still fails in the same way."""
    same = type(failure(pass_through, seed, weather))
    while True:
        fairer = next((one for one in _fairer(weather) if type(failure(pass_through, seed, one)) is same), None)
        if fairer is None:
            return weather
        weather = fairer


def _fairer(weather: Weather) -> Iterator[Weather]:
    """One thing less that may go wrong, or fewer deeds."""
    for fault in (*FAULTS, "changes"):
        if getattr(weather, fault):
            yield replace(weather, **{fault: 0.0})
    for fewer in (weather.deeds // 2, weather.deeds - 1):
        if fewer:
            yield replace(weather, deeds=fewer)
    if weather.devices > 1:
        yield replace(weather, devices=weather.devices - 1)
