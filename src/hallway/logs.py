"""Logs: one line for each thing that happened, with ids, never with the text of a message.

What strangers send stands in some of them, as an address or a reason: a value is bounded, and cannot look like a line of
its own or move a terminal's cursor.
"""

import logging
import re
from contextlib import suppress
from typing import Any

import structlog
from structlog.typing import EventDict

LONGEST_VALUE = 500
LONGEST_TRACE = 20_000
"""Characters of a value, and of where a fault happened: the beginning and the end of what is longer."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROLS_OF_TRACES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def bound(_: object, __: str, line: EventDict) -> EventDict:
    """Bound every value of a line, and escape what no line may hold."""
    return {name: _bounded(name, value) for name, value in line.items()}


def _bounded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    is_trace = name == "exception"
    longest, controls = (LONGEST_TRACE, _CONTROLS_OF_TRACES) if is_trace else (LONGEST_VALUE, _CONTROLS)
    if len(value) > longest:
        value = f"{value[: longest // 2]}… {len(value) - longest} more …{value[-longest // 2 :]}"
    return controls.sub(_escaped, value)


def _escaped(found: "re.Match[str]") -> str:
    return found[0].encode("unicode_escape").decode()


class Printer(structlog.PrintLogger):
    """Prints lines for as long as possible: a full disk or a closed pipe keeps nobody from being served."""

    def msg(self, message: str) -> None:
        """Print a line, or lose it."""
        with suppress(OSError):
            super().msg(message)

    info = warning = error = critical = msg


class Forwarder(logging.Handler):
    """Writes what libraries and Python itself log as lines of the same form."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record as a line."""
        log = structlog.get_logger(record.name)
        log.log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def configure(log_format: str, **always: object) -> None:
    """Log lines for people (`text`), or JSON for machines (`json`); the values of `always` stand in every line."""

    def add(_: object, __: str, line: EventDict) -> EventDict:
        return {**line, **always}

    render = (
        structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            add,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            bound,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: Printer(),
    )
    logging.captureWarnings(capture=True)
    logging.basicConfig(handlers=[Forwarder()], level=logging.WARNING, force=True)
