import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.origin import ORIGIN
from bot.web.widget.origins import Origins

ONE = Origins(["https://www.example.com"])
ALL = Origins(["https://*.example.com"])

HOSTILE = [
    "null", "", "*", "https://", "example.com", "//www.example.com", "file://", "data:text/html,x",
    "http://www.example.com",  # another scheme
    "https://www.example.com:8443",  # another port
    "https://www.example.com:",
    "https://www.example.com.",  # the dot at the end makes it another host
    "https://www.example.com/",
    "https://www.example.com/x",
    "https://www.example.com?x",
    "https://www.example.com#x",
    "https://www.example.com@evil.com",
    "https://evil.com@www.example.com",
    "https://evil.com/.example.com",
    "https://evil.com#.example.com",
    "https://evil.com\\.example.com",
    "https://evil-example.com",
    "https://evilexample.com",
    "https://www.example.com.evil.com",
    "https://WWW.EXAMPLE.COM",  # no browser writes it so
    "HTTPS://www.example.com",
    "https://*.example.com",
    "https://.example.com",
    "https://-.example.com",
    "https://..example.com",
    "https://w\u0301ww.example.com",
    "https://\uff57\uff57\uff57.example.com",  # full-width
    "https://www.ex\u0430mple.com",  # a Cyrillic a
    "https://www.xn--exmple-4nf.com",  # the same, as browsers write it
    "https://www.example.com\n",
    " https://www.example.com",
    "https://www.example.com https://evil.com",
    "https://www.example.com,https://evil.com",
    "https://[::1].example.com",
    "https://" + "a" * 300 + ".example.com",
]  # fmt: skip


@pytest.mark.parametrize("origin", HOSTILE)
@pytest.mark.parametrize("rules", [ONE, ALL, Origins()], ids=["exact", "subdomains", "none"])
def test_a_hostile_origin_is_not_let_in(rules: Origins, origin: str) -> None:
    assert not rules.allow(origin)


@pytest.mark.parametrize(
    ("rule", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("https://www.example.com:443", "https://www.example.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://xn--fiqs8s.example", "https://xn--fiqs8s.example"),
        ("https://*.example.com", "https://www.example.com"),
        ("https://*.example.com", "https://a.b.example.com"),
        ("https://*.example.com", "https://xn--fiqs8s.example.com"),
        ("https://*.example.com:8443", "https://www.example.com:8443"),
    ],
)
def test_an_origin_of_the_rule_is_let_in(rule: str, origin: str) -> None:
    assert Origins(["https://other.example", rule]).allow(origin)


@pytest.mark.parametrize(
    "origin", ["https://example.com", "http://www.example.com", "https://www.example.com:8443"]
)
def test_subdomains_are_of_the_same_scheme_and_port_and_not_the_host_itself(origin: str) -> None:
    assert not ALL.allow(origin)


def test_an_exact_rule_lets_no_subdomain_in() -> None:
    assert not ONE.allow("https://a.www.example.com")


@given(st.from_regex(re.compile(ORIGIN, re.ASCII), fullmatch=True))
def test_what_the_settings_take_lets_itself_in_and_no_longer_host(rule: str) -> None:
    assume("*" not in rule or "[" not in rule)
    origin = rule.replace("*", "a")
    assert Origins([rule]).allow(origin)
    assert not Origins([rule]).allow(origin + ".evil.com")
    assert not Origins([rule]).allow(origin.replace("://", "://evil.com@"))


SUBDOMAIN = re.compile(r"([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+example\.com(:443)?", re.ASCII)


@given(st.text() | st.from_regex(r"\A[a-z0-9.@:/_-]*\.?example\.com(:443)?\Z"))
def test_only_subdomains_end_as_the_rule_does(text: str) -> None:
    assert ALL.allow("https://" + text) == bool(SUBDOMAIN.fullmatch(text))


def test_the_panel_may_be_framed_by_the_service_itself_and_by_the_rules() -> None:
    assert Origins().frame_ancestors == "frame-ancestors 'self'"
    assert ALL.frame_ancestors == "frame-ancestors 'self' https://*.example.com"
