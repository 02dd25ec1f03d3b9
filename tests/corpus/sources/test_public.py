"""Addresses that are not public are known in every way of writing them."""

from __future__ import annotations

import pytest

from corpus.sources.public import is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_on_the_public_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "224.0.0.1", "192.0.0.8", "192.88.99.1", "240.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "64:ff9b:1::7f00:1", "::ffff:0:7f00:1",
        "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808",
        "2002:7f00:1::", "",
        "localhost", "0x7f.1",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)
