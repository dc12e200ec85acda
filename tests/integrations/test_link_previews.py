"""Pages of the web are fetched from inside, and nothing else can be reached by it: a hostile server on this machine, behind names and
addresses of a played network (rules §20).
"""

import asyncio
import gzip
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest

from hallway.domain.ids import AccountId
from hallway.domain.previews import Preview
from hallway.integrations import web_pages
from hallway.integrations.page_heads import PageHead, read_head
from hallway.integrations.previews import PagePreviews
from hallway.integrations.sandbox import Sandbox
from hallway.integrations.web_addresses import is_public
from hallway.integrations.web_pages import LARGEST_PAGE, NotFetched, WebPages

HOSTS = ("good.example", "*.other.example")
PUBLIC = "93.184.216.34"
HERE = AccountId("here")
HTML = b"<html><head><title>A page</title></head></html>"

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def says(*lines: str, body: bytes = b"", status: str = "200 OK") -> Answer:
    """An answer with these header lines."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *lines, "", ""])
        writer.write(head.encode("latin-1") + body)
        await writer.drain()

    return answer


def page(body: bytes = HTML, *lines: str, kind: str = "text/html; charset=utf-8") -> Answer:
    """A page of HTML."""
    return says(f"Content-Type: {kind}", *lines, body=body)


def to(location: str, status: str = "302 Found") -> Answer:
    """A redirect."""
    return says(f"Location: {location}", status=status)


def forever(*lines: str, piece: bytes, pause: float = 0.0) -> Answer:
    """An answer without an end."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *lines, "", ""]).encode())
        for _ in itertools.count():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


class Web:
    """A played network: each name has addresses, and all public ones lead to one server here, which answers by path."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.names: dict[str, Sequence[str]] = {"good.example": [PUBLIC], "a.other.example": [PUBLIC]}
        self.heard: list[str] = []
        self.asked: list[str] = []
        self.port = 0

    async def resolve(self, host: str, _: int) -> Sequence[str]:
        """As the system would."""
        self.asked.append(host)
        if host not in self.names:
            raise OSError
        return self.names[host]

    def dial(self, address: str, port: int) -> tuple[str, int]:
        """To the server here, over plain http alone."""
        assert is_public(address), "a connection to the inside"
        return ("127.0.0.1", self.port) if port == 80 else ("127.0.0.1", 1)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heard.append(head)
            await self.answers[head.split(" ")[1]](reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    @property
    def pages(self) -> WebPages:
        """What is tried."""
        return WebPages(resolve=self.resolve, dial=self.dial)


@asynccontextmanager
async def served(answers: Mapping[str, Answer]) -> AsyncIterator[Web]:
    """The network while its server runs."""
    web = Web(answers)
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0)
    web.port = server.sockets[0].getsockname()[1]
    try:
        yield web
    finally:
        server.close()


def why_not(answers: Mapping[str, Answer], url: str = "http://good.example/", **names: Sequence[str]) -> str:
    """Why there is no page."""

    async def ask() -> str:
        async with served(answers) as web:
            web.names |= {name.replace("_", "."): found for name, found in names.items()}
            with pytest.raises(NotFetched) as refused:
                await web.pages.fetch(url, HOSTS)
            return str(refused.value)

    return asyncio.run(ask())


def test_a_page_is_fetched_and_nothing_of_the_installation_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    async def ask() -> None:
        cookie = page(HTML, "Set-Cookie: a=b; Path=/")
        async with served({"/a?b=c": cookie, "/go": to("/a?b=c")}) as web:
            found = await web.pages.fetch("http://good.example/go#part", HOSTS)
            assert (found.content, found.charset) == (HTML, "utf-8")
            for head in web.heard:
                lines = dict(line.split(": ", 1) for line in head.lower().splitlines()[1:] if line)
                assert lines.pop("host") == "good.example"
                assert lines.pop("user-agent").startswith("hallway-linkpreview/")
                assert lines.keys() <= {"accept", "accept-encoding", "connection"}

    asyncio.run(ask())


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://localhost/",
        "http://good.example:8080/",
        "http://me@good.example/",
        "http://evil.example/",
        "//evil.example/",
        "file:///etc/passwd",
        "gopher://good.example/",
        "http://good.example\\@127.0.0.1/",
    ],
)
def test_a_redirect_to_the_inside_or_to_a_host_that_is_not_allowed_is_followed_by_nobody(location: str) -> None:
    assert why_not({"/": to(location), "/latest/meta-data/": page()}) == "not_allowed"


INSIDE = [
    *(
        "127.0.0.1",
        ".".join("0000"),
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
    ),
    *("224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "168.63.129.16"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:1::",
    ),
    *("", "localhost", "127.1"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_means_the_inside_is_not_connected_to(address: str) -> None:
    assert not is_public(address)
    assert why_not({"/": page()}, good_example=[address]) == "not_public"
    assert why_not({"/": page()}, good_example=[PUBLIC, address]) == "not_public"


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700:4700::1111"])
def test_what_belongs_to_everybody_is_public(address: str) -> None:
    assert is_public(address)


def test_a_name_that_means_another_machine_a_moment_later_reaches_nothing() -> None:
    """The address that was looked at is the one that is connected to: the name is asked once for each connection."""

    async def ask() -> None:
        async with served({"/": to("/b"), "/b": page()}) as web:
            turns = itertools.chain([[PUBLIC], [PUBLIC]], itertools.repeat(["127.0.0.1"]))

            async def rebind(*_: object) -> Sequence[str]:
                return next(turns)

            with pytest.raises(NotFetched, match="not_public"):
                await WebPages(resolve=rebind, dial=web.dial).fetch("http://good.example/", HOSTS)

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"/": to("/")}, "redirects"),
        ({"/": to("/1"), "/1": to("/2"), "/2": to("/3"), "/3": to("/4"), "/4": page()}, "redirects"),
        ({"/": page(kind="application/pdf")}, "not_html"),
        ({"/": says(body=HTML)}, "not_html"),
        ({"/": says("Content-Type: text/html", body=HTML, status="404 Not Found")}, "status_404"),
        ({"/": page(HTML, "Content-Encoding: br")}, "packed"),
        ({"/": page(HTML, "Content-Encoding: gzip, gzip")}, "packed"),
        ({"/": page(b"no gzip", "Content-Encoding: gzip")}, "error"),
        ({"/": page(HTML, "X-Long: " + "x" * 10_000_000)}, "RemoteProtocolError"),
        ({"/": says(*(f"X-{n}: {'x' * 50}" for n in range(50_000)), body=HTML)}, "RemoteProtocolError"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_page_is_left(answers: Mapping[str, Answer], reason: str) -> None:
    assert why_not(answers) == reason


def test_three_redirects_are_followed_also_to_another_allowed_host() -> None:
    async def ask() -> bytes:
        answers = {"/": to("/1"), "/1": to("http://a.other.example/2", "307 X"), "/2": to("/3", "301 X"), "/3": page()}
        async with served(answers) as web:
            return (await web.pages.fetch("http://good.example/", HOSTS)).content

    assert asyncio.run(ask()) == HTML


@pytest.mark.parametrize(
    "answer",
    [
        forever(piece=b"<p>" * 10_000),
        forever("Content-Encoding: gzip", piece=gzip.compress(b"x" * 100_000_000)),
        page(gzip.compress(HTML + b" " * 200_000_000), "Content-Encoding: gzip"),
    ],
    ids=["endless", "endless and packed", "a bomb"],
)
def test_a_page_without_an_end_is_read_so_far_and_no_further(answer: Answer) -> None:
    async def ask() -> int:
        async with served({"/": answer}) as web:
            return len((await web.pages.fetch("http://good.example/", HOSTS)).content)

    assert 0 < asyncio.run(ask()) <= LARGEST_PAGE


@pytest.mark.parametrize(
    "answer",
    [forever(piece=b"x", pause=0.02), forever("X-Slow: yes", piece=b"", pause=0.02)],
    ids=["drop by drop", "silent"],
)
def test_a_server_that_takes_its_time_is_left(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_pages, "SECONDS", 0.5)
    assert why_not({"/": answer}) == "late"


def test_https_is_asked_first_and_never_left_again() -> None:
    asked: list[int] = []

    async def ask() -> None:
        async with served({"/": page()}) as web:

            def dial(address: str, port: int) -> tuple[str, int]:
                asked.append(port)
                return web.dial(address, port)

            await WebPages(resolve=web.resolve, dial=dial).fetch("http://good.example/", HOSTS)
            with pytest.raises(NotFetched):
                await WebPages(resolve=web.resolve, dial=dial).fetch("https://good.example/", HOSTS)

    asyncio.run(ask())
    assert asked == [443, 80, 443]


# What a page says of itself.


@pytest.mark.parametrize(
    ("content", "charset", "head"),
    [
        (HTML, "", PageHead("A page", "", "")),
        (
            b'<meta property="og:title" content="Better"><title>Plain</title><meta name=description content="Of it">%b'
            % b'<meta property="og:site_name" content="Site">',
            "",
            PageHead("Better", "Of it", "Site"),
        ),
        (b"<title>One</title><title>Two</title><svg><title>Three</title></svg>", "", PageHead("One", "", "")),
        (b"<svg><title>A drawing</title></svg><title>Page</title>", "", PageHead("Page", "", "")),
        (b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", "", PageHead("<script>alert(1)</script>", "", "")),
        ("<title>A\u202eB &#8238;C</title>".encode(), "", PageHead("A B C", "", "")),
        ("<title>Привет</title>".encode("windows-1251"), "windows-1251", PageHead("Привет", "", "")),
        ('<meta charset="koi8-r"><title>Привет</title>'.encode("koi8-r"), "", PageHead("Привет", "", "")),
        ("<title>مرحبا</title>".encode(), "zip", PageHead("مرحبا", "", "")),
        (b"<title>a\xffb</title>", "no-such-charset", PageHead("a�b", "", "")),
        ("<title>Ü</title>".encode("utf-16"), "utf-8", PageHead("Ü", "", "")),
        (b"", "", PageHead("", "", "")),
        (b"<title>", "rot13", PageHead("", "", "")),
    ],
)
def test_a_head_is_plain_text_in_whatever_charset(content: bytes, charset: str, head: PageHead) -> None:
    assert read_head(content, charset) == head


def test_a_head_is_cut() -> None:
    content = f'<title>{"t" * 999}</title><meta name="description" content="{"d" * 999}">'.encode()
    head = read_head(content, "")
    assert (len(head.title), len(head.description)) == (200, 300)


@pytest.mark.parametrize(
    "content", [b"<" * 500_000, b"<!--" * 100_000, b"<a b='" * 80_000, b"&" * 500_000, b"<![CDATA[" * 50_000]
)
def test_a_page_that_is_hard_to_read_ends_the_reader_and_not_the_server(content: bytes) -> None:
    async def ask() -> Preview | None:
        async with served({"/": page(content)}) as web:
            sandbox = Sandbox(processes=1)
            try:
                return await PagePreviews(web.pages, sandbox).make("http://good.example/", HOSTS, HERE)
            finally:
                sandbox.close()

    assert asyncio.run(ask()) is None


def test_a_card_is_made_in_the_sandbox() -> None:
    async def ask() -> tuple[Preview | None, Preview | None]:
        body = HTML + b'<meta property="og:description" content="About it">'
        async with served({"/": page(body), "/none": page(b"<p>")}) as web:
            sandbox = Sandbox(processes=1)
            previews = PagePreviews(web.pages, sandbox)
            try:
                return (
                    await previews.make("http://good.example/", HOSTS, HERE),
                    await previews.make("http://good.example/none", HOSTS, HERE),
                )
            finally:
                sandbox.close()

    card = Preview(url="http://good.example/", title="A page", description="About it")
    assert asyncio.run(ask()) == (card, None)
