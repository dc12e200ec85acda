"""Logs: one line for each thing that happened, with ids, never with the text of a message."""

import logging
from contextlib import suppress

import structlog
from structlog.typing import EventDict


class Printer(structlog.PrintLogger):
    """Prints lines for as long as that is possible: a full disk or a closed pipe keeps nobody from being served."""

    def msg(self, message: str) -> None:
        """Print a line, or lose it."""
        with suppress(OSError):
            super().msg(message)

    info = warning = error = critical = msg


class Forwarder(logging.Handler):
    """Lets what libraries and Python itself have to say be lines of the same form."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hand one record on."""
        log = structlog.get_logger(record.name)
        log.log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def configure(log_format: str, **always: object) -> None:
    """Lines for people (`text`), or JSON for machines (`json`); what is `always` so stands in every line."""

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
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: Printer(),
    )
    logging.captureWarnings(capture=True)
    logging.basicConfig(handlers=[Forwarder()], level=logging.WARNING, force=True)
