"""Imported by the process that servers are forked from: what each of them would learn anew at its start is known already."""

import gc

from uvicorn.loops import uvloop  # noqa: F401 - loaded by those that serve, as the rest is

from hallway import app, cli  # noqa: F401
from hallway.transport import timeouts  # noqa: F401

app.sketch()
gc.collect()
gc.freeze()
