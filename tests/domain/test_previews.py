"""Cards of links: which hosts an account allows, which link a card is of, and what of outside text may stand in it (rules §20)."""

import pytest

from hallway.domain.previews import ELLIPSIS, host_pattern, is_allowed, link_of, page_address, plain

HOSTS = ("example.org", "*.school.example")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("example.org", "example.org"),
        ("  Example.ORG. ", "example.org"),
        ("*.example.org", "*.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("*.مثال.إختبار", "*.xn--mgbh0fb.xn--kgbechtv"),
        *((one, None) for one in ("", "*", "*.", "localhost", "*.org", "127.0.0.1", "[::1]", "0x7f.1", "a..b")),
        *(
            (one, None)
            for one in ("https://example.org", "example.org/x", "example.org:443", "me@example.org", "a b.org")
        ),
        *(
            (one, None)
            for one in ("*.*.example.org", "ex*mple.org", "-a.example", f"{'a' * 64}.example", "a." * 130 + "org")
        ),
    ],
)
def test_a_pattern_is_kept_as_the_network_calls_the_host_and_nothing_else_is_one(text: str, kept: str | None) -> None:
    assert host_pattern(text) == kept


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("example.org", True),
        ("www.example.org", False),
        ("notexample.org", False),
        ("school.example", False),
        ("a.school.example", True),
        ("a.b.school.example", True),
        ("aschool.example", False),
        ("example.org.evil.example", False),
    ],
)
def test_a_host_is_allowed_by_its_name_or_as_one_below_a_name(host: str, is_one: bool) -> None:
    assert is_allowed(host, HOSTS) is is_one


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org:8080/",
        "http://example.org:443/",
        "https://me@example.org/",
        "https://me:secret@example.org/",
        "https://example.org@evil.example/",
        "https://evil.example\\@example.org/",
        "https://example.org.evil.example/",
        "https://127.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///example.org",
        "https://example.org:port/",
        "https://[example.org/",
        f"https://example.org/{'x' * 2_000}",
        "",
    ],
)
def test_an_address_that_leads_elsewhere_is_none(url: str) -> None:
    assert page_address(url, HOSTS) is None


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c"),
        ("http://EXAMPLE.org:80/", "http://example.org/"),
        ("https://example.org.:443/", "https://example.org/"),
    ],
)
def test_an_address_is_asked_for_in_one_form(url: str, asked: str) -> None:
    parts = page_address(url, HOSTS)
    assert parts is not None
    assert parts.geturl() == asked


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ("Look at https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/a_(b)), and more", "https://example.org/a_(b)"),
        ("https://evil.example/ then https://a.school.example/x!", "https://a.school.example/x"),
        ("HTTPS://EXAMPLE.ORG/A", "HTTPS://EXAMPLE.ORG/A"),
        ("<https://example.org/a>", "https://example.org/a"),
        ('"https://example.org/a"', "https://example.org/a"),
        ("example.org", None),
        ("www.example.org", None),
        ("javascript://example.org/%0aalert(1)", None),
        ("xhttps://example.org/", None),
        ("https://", None),
        ("no link at all", None),
    ],
)
def test_a_card_is_of_the_first_link_whose_host_is_allowed(body: str, link: str | None) -> None:
    assert link_of(body, HOSTS) == link
    assert link_of(body, ()) is None


def test_a_text_that_is_nothing_but_beginnings_of_links_takes_no_time() -> None:
    assert link_of("https://" * 500, HOSTS) is None
    assert link_of("https://x" + "(" * 3_900, HOSTS) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  One\n\t two  ", "One two"),
        ("A\u202egnp.exe\u2066B\u200e", "A gnp.exe B"),
        ("\x00\x1b[31mred\x07", "[31mred"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("x" * 300, "x" * 199 + ELLIPSIS),
        ("\ud800", ""),
    ],
)
def test_outside_text_is_one_line_without_what_turns_it_around(text: str, shown: str) -> None:
    assert plain(text, 200) == shown
