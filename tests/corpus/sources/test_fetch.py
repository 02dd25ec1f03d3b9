"""Fetching has limits, asks robots.txt, and leads to no private address."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from time import process_time

import pytest

from corpus.sources import fetch
from corpus.sources.fetch import Fetched, Fetcher, FetchError, Limits
from tests.corpus.site import Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def fetcher(**limits: object) -> Fetcher:
    return Fetcher(Limits(**{"pause": 0.0, "allow_private": True, **limits}))  # type: ignore[arg-type]


def refusal(url: str, fetcher: Fetcher) -> str:
    with pytest.raises(FetchError) as refused:
        fetcher.fetch(url)
    return str(refused.value)


def test_a_page(site: Site) -> None:
    site.put("/a?b=1", "停水".encode("gb18030"), "text/html; charset=GBK")
    assert fetcher().fetch(site.url("/a?b=1#part")) == Fetched(
        site.url("/a?b=1"), "停水".encode("gb18030"), "text/html", "GBK"
    )
    assert site.asked == ["/robots.txt", "/a?b=1"]


def test_redirects_are_followed_to_a_limit(site: Site) -> None:
    site.put("/end", "x")
    site.redirect("/1", "/2")
    site.redirect("/2", site.url("/end"))
    site.redirect("/round", "/round")
    assert fetcher().fetch(site.url("/1")).url == site.url("/end")
    assert refusal(site.url("/1"), fetcher(redirects=1)) == f"{site.url('/1')}: more than 1 redirects"
    assert "more than 5 redirects" in refusal(site.url("/round"), fetcher())


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)"])
def test_a_redirect_leads_to_web_addresses_only(site: Site, target: str) -> None:
    site.redirect("/1", target)
    assert "only http and https addresses are fetched" in refusal(site.url("/1"), fetcher())


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http and https addresses are fetched"),
        ("gopher://example.org", "only http and https addresses are fetched"),
        ("http://", "this is no address of a public page"),
        ("http://user:secret@example.org/", "this is no address of a public page"),
        ("http://example.org\\@127.0.0.1/", "this is no address of a public page"),
        ("http://example.org:99999/", "this is no address"),
        ("http://[::1", "this is no address"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str, reason: str) -> None:
    assert refusal(url, fetcher()) == f"{url}: {reason}"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "[::ffff:127.0.0.1]"),
        *("0177.0.0.1", "017700000001", "127.0.1", "0x7f.1", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "0"),
        *("0.0.0.0", "LOCALHOST", "169.254.169.254", "100.64.0.1", "10.0.0.1", "192.168.0.1"),
    ],
)
def test_a_private_address_is_refused_before_a_byte_is_sent(site: Site, host: str) -> None:
    reason = refusal(f"http://{host}:{site.port}/a", Fetcher(Limits(pause=0.0)))
    assert "which is no public address" in reason
    assert site.asked == []


def test_the_address_connected_to_is_the_one_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads to a public address when it is checked and to this machine afterwards."""
    looked_up: list[str] = []

    def rebinding(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        place = ("93.184.216.34", port) if len(looked_up) == 1 else ("127.0.0.1", port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place)]

    connected: list[object] = []

    class NoSocket(socket.socket):
        def connect(self, place: object) -> None:
            connected.append(place)
            raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(fetch.socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(fetch.socket, "socket", NoSocket)
    refusal(f"http://rebinding.example:{site.port}/a", Fetcher(Limits(pause=0.0)))
    assert connected == [("93.184.216.34", site.port)]
    assert "no public address" in refusal(
        f"http://rebinding.example:{site.port}/a", Fetcher(Limits(pause=0.0))
    )
    assert len(connected) == 1
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")  # this site alone passes
    site.redirect("/1", f"http://127.0.0.2:{site.port}/secret")
    assert "127.0.0.2, which is no public address" in refusal(site.url("/1"), fetcher(allow_private=False))
    assert "/secret" not in site.asked


def test_size_is_limited_packed_or_not(site: Site) -> None:
    site.put("/large", b"x" * 2_000)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.pages["/packed"] = (200, headers, gzip.compress(b"x" * 50_000_000))
    assert (
        refusal(site.url("/large"), fetcher(size=1_000))
        == f"{site.url('/large')}: it has more than 1,000 bytes"
    )
    assert "more than 1,000,000 bytes" in refusal(site.url("/packed"), fetcher(size=1_000_000))


def test_a_site_that_dribbles_is_cut_off(site: Site) -> None:
    stop = threading.Event()

    def dribble(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.05):
            try:
                handler.wfile.write(b"X-Slow: 1\r\n")
            except OSError:
                return

    site.pages["/slow"] = dribble
    try:
        assert refusal(site.url("/slow"), fetcher(seconds=1.0)) == f"{site.url('/slow')}: it takes too long"
    finally:
        stop.set()


def test_an_answer_that_was_cut_off_does_not_pass_for_a_whole_one(site: Site) -> None:
    stop = threading.Event()

    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n<html>half of a page")
        stop.wait(60)

    site.pages["/half"] = stall
    try:
        assert refusal(site.url("/half"), fetcher(seconds=1.0)) == f"{site.url('/half')}: it takes too long"
    finally:
        stop.set()


def test_an_error_of_the_site_is_told(site: Site) -> None:
    assert refusal(site.url("/none"), fetcher()) == f"{site.url('/none')}: the site answers 404"


def test_robots_txt_is_asked_once_and_obeyed(site: Site) -> None:
    site.put(
        "/robots.txt",
        "User-agent: *\nDisallow: /*?print=\nDisallow: /private/\nAllow: /private/open\n",
        "text/plain",
    )
    site.put("/private/open", "x")
    ours = fetcher()
    assert ours.fetch(site.url("/private/open")).content == b"x"
    for path in ("/private/a", "/a?print=1"):
        assert refusal(site.url(path), ours).endswith("/robots.txt forbids it")
    assert site.asked == ["/robots.txt", "/private/open"]


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.put("/robots.txt", "", status=503)
    site.put("/a", "x")
    assert "robots.txt cannot be read" in refusal(site.url("/a"), fetcher())


def test_a_host_is_asked_with_pauses(site: Site) -> None:
    site.put("/robots.txt", "User-agent: yuanwen\nCrawl-delay: 7\n", "text/plain")
    site.put("/a", "x")
    slept: list[float] = []
    ours = Fetcher(Limits(allow_private=True, pause=2.0), slept.append)
    ours.fetch(site.url("/a"))
    ours.fetch(site.url("/a"))
    assert [round(seconds) for seconds in slept] == [7, 7]


@pytest.mark.parametrize("delay", ["1e308", "nan", "inf", "-5", "7 days"])
def test_no_robots_txt_stops_us_for_long(site: Site, delay: str) -> None:
    site.put("/robots.txt", f"User-agent: *\nCrawl-delay: {delay}\n", "text/plain")
    site.put("/a", "x")
    slept: list[float] = []
    ours = Fetcher(Limits(allow_private=True, pause=2.0), slept.append)
    assert [ours.fetch(site.url("/a")).content for _ in range(2)] == [b"x", b"x"]
    assert all(0 <= seconds <= 60 for seconds in slept)


def test_a_hostile_robots_txt_costs_little(site: Site) -> None:
    rules = "User-agent: *\n" + "Disallow: /" + "*a" * 12 + "b\n" + "Disallow: /x\n" * 30_000
    site.put("/robots.txt", rules, "text/plain")
    path = "/" + "a" * 200
    site.put(path, "x")
    began = process_time()
    assert fetcher().fetch(site.url(path)).content == b"x"
    assert process_time() - began < 20


def test_one_request_at_a_time(site: Site) -> None:
    busy, most = 0, 0
    lock = threading.Lock()

    def count(handler: BaseHTTPRequestHandler) -> None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n")
        with lock:
            busy -= 1
        handler.wfile.write(b"x")

    site.pages["/a"] = count
    ours = fetcher()
    threads = [threading.Thread(target=ours.fetch, args=(site.url("/a"),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert site.asked.count("/a") == 6


@pytest.mark.parametrize(
    "host", ["①②⑦.0.0.1", "a" * 300 + ".example", "x..example", "\u0130.example", "xn--.example"]
)
def test_a_host_that_is_no_name_is_refused(site: Site, host: str) -> None:
    url = f"http://{host}:9/"
    assert refusal(url, fetcher()).startswith(url)
    site.redirect("/to", url)
    assert refusal(site.url("/to"), fetcher())


@pytest.mark.parametrize("location", ["http://[::1", "http://[x]/", "//[", "http://a:b/", "http://\x7f/"])
def test_a_redirect_to_what_is_no_address_is_refused(site: Site, location: str) -> None:
    site.redirect("/to", location)
    assert refusal(site.url("/to"), fetcher()).startswith(("http://", "https://"))
    site.redirect("/robots.txt", location)
    assert refusal(site.url("/page"), fetcher())


def test_an_ipv6_address_is_looked_up_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = []

    def lookup(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        looked_up.append((host, port))
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    for url in ("http://[64:ff9b::7f00:1]/", "https://[2001:db8::1]/", "http://[2001:db8::2]:81/"):
        refusal(url, Fetcher(Limits(pause=0.0)))
    assert looked_up == [("64:ff9b::7f00:1", 80), ("2001:db8::1", 443), ("2001:db8::2", 81)]
