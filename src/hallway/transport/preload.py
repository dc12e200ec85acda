"""What the first screen will need, named in the page's `Link` header: browsers ask for it beside the page's own files.

Without that a phone learns from a script what to ask for next, and each such step takes it a way over the network.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from litestar import Request
from litestar.datastructures import State

from hallway.transport import cookies
from hallway.transport.tenancy import site_of

VARY = ("Accept-Language", "Cookie")
"""The headers of a request that the answer below depends on."""
_MESSAGES = re.compile(r"(messages(/.*)?)?")
_LANGUAGE = re.compile(r"(?:^|,)\s{0,10}(\w\w)")


def links(request: Request[Any, Any, State], path: str, built: Path) -> str:
    """Return the value of the page's `Link` header for this visitor.

    `path` is the page's address without its first slash, `built` the file in which the client's build names what
    strangers, the signed-in, and readers of each language need.
    """
    foreseen = json.loads(built.read_bytes())
    return ", ".join([*foreseen[_visitor(request, path)], _texts(request, foreseen["texts"])])


def _visitor(request: Request[Any, Any, State], path: str) -> str:
    """Guess from the cookie alone who is coming; whether its session is still good, the page finds out."""
    if cookies.session_name(site_of(request)) not in request.cookies:
        return "stranger"
    return "messages" if _MESSAGES.fullmatch(path) else "somebody"


def _texts(request: Request[Any, Any, State], texts: Mapping[str, str]) -> str:
    """Return the texts of the first language that the browser asks for and we have, as the client chooses them."""
    wanted = _LANGUAGE.findall(request.headers.get("accept-language", ""))
    return texts[next((one for one in wanted if one in texts), "en")]
