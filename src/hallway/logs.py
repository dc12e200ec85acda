"""Logs: one line for each thing that happened, with ids, never with the text of a message."""

import logging
from contextlib import suppress

import structlog


class Printer(structlog.PrintLogger):
    """Prints lines for as long as that is possible: a full disk or a closed pipe keeps nobody from being served."""

    def msg(self, message: str) -> None:
        """Print a line, or lose it."""
        with suppress(OSError):
            super().msg(message)

    info = warning = error = critical = msg


def configure(log_format: str) -> None:
    """Lines for people (`text`), or JSON for machines (`json`)."""
    render = (
        structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: Printer(),
    )
