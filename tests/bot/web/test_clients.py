import pytest

from bot.web.clients import NOBODY, Client, client_at, client_of


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", Client("192.0.2.7", "192.0.2.0/24")),
        ("::ffff:192.0.2.7", Client("192.0.2.7", "192.0.2.0/24")),
        ("2001:db8:1:2:3:4:5:6", Client("2001:db8:1:2::/64", "2001:db8:1::/48")),
        ("fe80::1%eth0", Client("fe80::/64", "fe80::/48")),
        ("unix:", Client("unix:", "unix:")),
        ("", NOBODY),
    ],
)
def test_an_address_and_its_network(host: str, client: Client) -> None:
    assert client_at(host) == client


def test_without_an_address_all_are_one() -> None:
    assert client_of({"type": "http", "client": None}) == client_of({"type": "http"}) == NOBODY
