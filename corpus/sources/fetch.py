"""Fetching a public address, with limits: the one module that opens a connection to the outside."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import urllib3
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from corpus.sources.public import is_public

__all__ = ["AGENT", "FetchError", "Fetched", "Fetcher", "Limits"]

AGENT = "yuanwen/0.1 (quotes published articles with their source)"
ROBOT = "yuanwen"
REDIRECTS = frozenset((301, 302, 303, 307, 308))
LARGEST_ROBOTS = 500_000  # bytes, as RFC 9309 asks at least
CHUNK = 65_536
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,30})", re.IGNORECASE)


class FetchError(RuntimeError):
    """An address cannot or must not be fetched; the message names it and says why.

    `status` is what the site answered, 0 where it did not answer.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Limits:
    """What one fetch may take: bytes (unpacked), seconds (all redirects together), redirects.

    `pause` seconds pass between two requests to one host, more where its robots.txt asks for it (at most
    `longest_pause`). `allow_private` allows addresses of this machine and its network.
    """

    size: int = 50_000_000
    seconds: float = 60.0
    redirects: int = 5
    pause: float = 0.5
    longest_pause: float = 30.0
    allow_private: bool = False


@dataclass(frozen=True)
class Fetched:
    """What an address answered: where it was found in the end, its bytes, and what the header says.

    `etag` and `modified` tell the version when it is asked for again; `is_unchanged` says that the site
    has answered that it is the version that was told, and has sent no bytes.
    """

    url: str
    content: bytes
    kind: str
    charset: str
    etag: str = ""
    modified: str = ""
    is_unchanged: bool = False


class Fetcher:
    """Fetches addresses; one request at a time for each host, and none that its robots.txt forbids."""

    def __init__(self, limits: Limits | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self.limits = limits or Limits()
        self._sleep = sleep
        self._robots: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def fetch(self, url: str, etag: str = "", modified: str = "") -> Fetched:
        """Fetch an address, following redirects; `etag` and `modified` name the version that is known.

        Raises FetchError for anything but http and https, an address that is not public, one that
        robots.txt forbids, an answer other than 200, and where a limit is passed.
        """
        deadline = time.monotonic() + self.limits.seconds
        first = url = _checked(url)
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        known = {name: value for name, value in known.items() if value}
        for _ in range(self.limits.redirects + 1):
            self._ask_robots(url, deadline)
            answer = self._request(url, deadline, self.limits.size, known)
            if answer.status not in REDIRECTS:
                return _fetched(url, answer, bool(known))
            url = _target(url, answer.location)
        raise FetchError(f"{first}: more than {self.limits.redirects} redirects")

    # ---- robots.txt

    def _ask_robots(self, url: str, deadline: float) -> None:
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin, deadline)
        rules = self._robots[origin]
        if rules is None:
            raise FetchError(f"{url}: {origin}/robots.txt cannot be read, so nothing may be fetched there")
        if not rules.can_fetch(url, ROBOT):
            raise FetchError(f"{url}: {origin}/robots.txt forbids it")

    def _read_robots(self, origin: str, deadline: float) -> Protego | None:
        """The rules; None, which forbids all, where the site fails to say (RFC 9309, 2.3.1)."""
        url = f"{origin}/robots.txt"
        for _ in range(self.limits.redirects + 1):
            answer = self._request(url, deadline, LARGEST_ROBOTS)
            if answer.status in REDIRECTS:
                url = _target(url, answer.location)
                continue
            if answer.status >= 500:
                return None
            text = answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
            return Protego.parse(text)
        return Protego.parse("")

    # ---- one request

    def _request(
        self, url: str, deadline: float, size: int, headers: Mapping[str, str] = MappingProxyType({})
    ) -> _Answer:
        host = urlsplit(url).netloc
        with self._lock:
            lock = self._locks.setdefault(host, Lock())
        with lock:
            self._wait(url, host)
            try:
                return _request(url, deadline, size, self.limits.allow_private, headers)
            finally:
                self._last[host] = time.monotonic()

    def _wait(self, url: str, host: str) -> None:
        if host not in self._last:
            return
        rules = self._robots.get(_origin(url))
        asked = float(rules.crawl_delay(ROBOT) or 0.0) if rules is not None else 0.0
        pause = max(self.limits.pause, min(asked, self.limits.longest_pause))
        left = self._last[host] + pause - time.monotonic()
        if left > 0:
            self._sleep(left)


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str
    kind: str
    content: bytes
    etag: str
    modified: str


def _fetched(url: str, answer: _Answer, is_known: bool) -> Fetched:
    is_unchanged = is_known and answer.status == 304
    if answer.status != 200 and not is_unchanged:
        raise FetchError(f"{url}: the site answers {answer.status}", answer.status)
    stated = CHARSET.search(answer.kind)
    return Fetched(
        url, answer.content, answer.kind.partition(";")[0].strip().lower(), stated[1] if stated else "",
        answer.etag, answer.modified, is_unchanged,
    )  # fmt: skip


def _request(url: str, deadline: float, size: int, allow_private: bool, asked: Mapping[str, str]) -> _Answer:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{url}: it takes too long")
    watch = _Watch(allow_private)
    parts, pool = urlsplit(url), None
    # A site that sends one byte a second keeps every single read short: the clock closes the connection.
    clock = Timer(left, watch.cut)
    clock.daemon = True
    clock.start()
    try:
        pool = _pool(url, watch)  # raises ValueError for a host that is no name
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        answer = pool.urlopen(
            "GET", target, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **asked},
            redirect=False, retries=False, preload_content=False, timeout=min(left, 20.0),
        )  # fmt: skip
        content = b"" if answer.status in REDIRECTS else _content(url, answer, deadline, size)
        if watch.has_cut:  # what was read so far looks like a whole answer
            raise FetchError(f"{url}: it takes too long")
        headers = answer.headers
        return _Answer(
            answer.status, headers.get("Location", ""), headers.get("Content-Type", ""), content,
            headers.get("ETag", ""), headers.get("Last-Modified", ""),
        )  # fmt: skip
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        if watch.has_cut or time.monotonic() >= deadline:
            raise FetchError(f"{url}: it takes too long") from None
        raise FetchError(f"{url}: {_words(error)}") from None
    finally:
        clock.cancel()
        if pool is not None:
            pool.close()


def _content(url: str, answer: urllib3.BaseHTTPResponse, deadline: float, size: int) -> bytes:
    parts, whole = [], 0
    while chunk := answer.read(CHUNK, decode_content=True):
        whole += len(chunk)
        if whole > size:
            raise FetchError(f"{url}: it has more than {size:,} bytes")
        if time.monotonic() >= deadline:
            raise FetchError(f"{url}: it takes too long")
        parts.append(chunk)
    return b"".join(parts)


def _words(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return re.sub(r"^<?[\w.]*(?:Connection)?\w*\(?[^:]*\)?>?: ", "", str(reason)) or type(error).__name__


def _checked(url: str) -> str:
    """Check that an address may be fetched. Raises FetchError."""
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        raise FetchError(f"{url}: this is no address") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{url}: only http and https addresses are fetched")
    if not parts.hostname or not port_is_right or parts.username is not None or re.search(r"[\s\\]", url):
        raise FetchError(f"{url}: this is no address of a public page")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))


def _target(url: str, location: str) -> str:
    """Target of a redirect. Raises FetchError as `_checked` does."""
    try:
        return _checked(urljoin(url, location))
    except ValueError:
        raise FetchError(f"{url}: it redirects to {location[:200]!r}, which is no address") from None


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# ---- connections that check where they lead


def _connect(host: str, port: int, timeout: Any, allow_private: bool) -> socket.socket:
    """A connection to the first address of the host that answers; every one is checked before.

    The address that was checked is the one that is connected to: the name is looked up once.
    """
    error: OSError | None = None
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for family, kind, protocol, _, place in found:
        if not (allow_private or is_public(str(place[0]))):
            error = PermissionError(f"{host} leads to {place[0]}, which is no public address")
            continue
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.connect(place)
            return connection
        except OSError as failure:
            connection.close()
            error = failure
    raise error or OSError(f"{host} has no address")


class _Watch:
    """Opens the connection of one request, and can cut it."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._open: socket.socket | None = None
        self.has_cut = False

    def connect(self, host: str, port: int, timeout: Any) -> socket.socket:
        self._open = _connect(host, port, timeout, self._allow_private)
        return self._open

    def cut(self) -> None:
        self.has_cut = True
        if self._open is not None:
            with suppress(OSError):
                self._open.shutdown(socket.SHUT_RDWR)


class _Plain(HTTPConnection):
    def __init__(self, *arguments: Any, watch: _Watch, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._watch = watch

    def _new_conn(self) -> socket.socket:
        return self._watch.connect(self._dns_host, self.port, self.timeout)


class _Encrypted(_Plain, HTTPSConnection):
    """The same over TLS."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


def _pool(url: str, watch: _Watch) -> HTTPConnectionPool:
    parts = urlsplit(url)
    kind, port = (_EncryptedPool, 443) if parts.scheme == "https" else (_PlainPool, 80)
    # With the port always: without it the last group of an IPv6 address would be taken for one.
    return kind(parts.hostname or "", port=parts.port or port, maxsize=1, block=True, watch=watch)
