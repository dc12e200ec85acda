"""Fetch pages of the web from inside the installation, and reach nothing else by it.

The name is resolved here, every address that it has must be public, and the connection goes to the very address that was looked at: a name that
means another machine a moment later reaches nothing. Each redirect is looked at in the same way. Nothing of the environment, no cookie,
no login goes along; sizes, times and counts are bounded.
"""

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from ssl import SSLContext
from urllib.parse import SplitResult, urljoin

import httpx

from hallway.domain.previews import PORTS, page_address
from hallway.integrations.web_addresses import is_public

SECONDS = 10.0
"""For all of it, with the redirects."""
PATIENCE = 5.0
"""Seconds for each step: the connection, and each piece of an answer."""
LARGEST_PAGE = 512 * 1024
"""Bytes that are read, and bytes that come of them where they are packed; what a card needs stands at the beginning."""
MOST_REDIRECTS = 3
AGENT = "Hallway-LinkPreview/1.0"
KINDS = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class NotFetched(Exception):  # noqa: N818 - says why there is no page
    """There is no page to be had; a word says why, and nothing of the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it came: its bytes, and the charset that the server named, in lower case; empty where it named none."""

    content: bytes
    charset: str


Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns the addresses of a host."""
Dial = Callable[[str, int], tuple[str, int]]
"""Returns where to connect to for an address that was looked at."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def dial(address: str, port: int) -> tuple[str, int]:
    """Connect to the address itself."""
    return address, port


class WebPages:
    """Fetches pages whose hosts are allowed. `resolve` and `dial` are the network's, which tests play."""

    def __init__(self, *, resolve: Resolve = resolve, dial: Dial = dial, verify: SSLContext | None = None) -> None:
        """Make no connection yet; without `verify` certificates are those that the system trusts."""
        self._resolve = resolve
        self._dial = dial
        self._verify = verify

    async def fetch(self, url: str, hosts: Collection[str]) -> Page:
        """Return a page, over https where the link names plain http and its host has both. Raises NotFetched."""
        try:
            async with asyncio.timeout(SECONDS):
                return await self._fetch(url, hosts)
        except TimeoutError:
            raise NotFetched("late") from None

    async def _fetch(self, url: str, hosts: Collection[str]) -> Page:
        parts = _allowed(url, hosts)
        if parts.scheme == "http":
            try:
                return await self._follow(parts._replace(scheme="https"), hosts)
            except NotFetched:
                return await self._follow(parts, hosts)
        return await self._follow(parts, hosts)

    async def _follow(self, parts: SplitResult, hosts: Collection[str]) -> Page:
        for _ in range(MOST_REDIRECTS + 1):
            found = await self._ask(parts, hosts)
            if isinstance(found, Page):
                return found
            parts = found
        raise NotFetched("redirects")

    async def _ask(self, parts: SplitResult, hosts: Collection[str]) -> Page | SplitResult:
        """Return the page, or the address that it redirects to, which is looked at like the first."""
        port = PORTS[parts.scheme]
        address = await self._address_of(parts.netloc, port)
        host, port = self._dial(address, port)
        literal = f"[{host}]" if ":" in host else host
        there = parts._replace(netloc=f"{literal}:{port}").geturl()
        headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "text/html", "Accept-Encoding": "gzip"}
        try:
            async with (
                self._client() as client,
                client.stream("GET", there, headers=headers, extensions={"sni_hostname": parts.netloc}) as answer,
            ):
                if answer.status_code in _REDIRECTS:
                    return _redirect(parts, answer.headers.get("location", ""), hosts)
                return await _page(answer)
        except (httpx.HTTPError, httpx.InvalidURL, zlib.error, ValueError, OSError) as failure:
            raise NotFetched(type(failure).__name__) from failure

    def _client(self) -> httpx.AsyncClient:
        """Return a client of its own for each request: no cookie, connection or setting outlives it."""
        verify = self._verify
        if verify is None:
            verify = self._verify = httpx.create_ssl_context(trust_env=False)
        return httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=PATIENCE, verify=verify)

    async def _address_of(self, host: str, port: int) -> str:
        """Return an address of the host, each of which must be public. Raises NotFetched."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as failure:
            raise NotFetched("no_address") from failure
        if not found or not all(map(is_public, found)):
            raise NotFetched("not_public")
        return found[0]


def _allowed(url: str, hosts: Collection[str]) -> SplitResult:
    parts = page_address(url, hosts)
    if parts is None:
        raise NotFetched("not_allowed")
    return parts


def _redirect(before: SplitResult, location: str, hosts: Collection[str]) -> SplitResult:
    """Return where an answer leads to. Raises NotFetched for a host that isn't allowed, and for a way out of https."""
    parts = _allowed(urljoin(before.geturl(), location), hosts)
    if (before.scheme, parts.scheme) == ("https", "http"):
        raise NotFetched("downgraded")
    return parts


async def _page(answer: httpx.Response) -> Page:
    if answer.status_code != _OK:
        raise NotFetched(f"status_{answer.status_code}")
    kind, _, more = answer.headers.get("content-type", "").partition(";")
    if kind.strip().lower() not in KINDS:
        raise NotFetched("not_html")
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip"}:
        raise NotFetched("packed")
    pieces = answer.aiter_raw(chunk_size=16 * 1024)
    content = await (_beginning(pieces) if packing == "identity" else _unpacked(pieces))
    return Page(content=content, charset=_charset(more))


def _charset(parameters: str) -> str:
    for one in parameters.split(";"):
        name, _, value = one.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()[:40]
    return ""


async def _beginning(pieces: AsyncIterator[bytes]) -> bytes:
    """Read so much and no more."""
    content = bytearray()
    async for piece in pieces:
        content += piece
        if len(content) >= LARGEST_PAGE:
            break
    return bytes(content[:LARGEST_PAGE])


async def _unpacked(pieces: AsyncIterator[bytes]) -> bytes:
    """Unpack so much and no more, from no more than that: a small piece may hold gigabytes. Raises zlib.error."""
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    content = bytearray()
    read = 0
    async for piece in pieces:
        read += len(piece)
        content += unpacking.decompress(piece, LARGEST_PAGE - len(content))
        if len(content) >= LARGEST_PAGE or read >= LARGEST_PAGE or unpacking.eof:
            break
    return bytes(content)
