import socket

import pytest

from bot.web.server import AddressRefused, PortTaken, ServiceError, address_of, listen


def test_a_free_port_is_taken() -> None:
    with listen("127.0.0.1", 0) as bound:
        assert address_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"


def test_a_taken_port_is_named_with_its_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"port {port} on 127\.0\.0\.1 .* YUANWEN_PORT") as taken:
            listen("127.0.0.1", port)
    assert (taken.value.host, taken.value.port) == ("127.0.0.1", port)
    assert isinstance(taken.value, ServiceError)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "not an address"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(AddressRefused, match="YUANWEN_HOST"):
        listen(host, 0)


def test_a_service_on_every_address_is_opened_on_this_machines_own() -> None:
    with listen("0.0.0.0", 0) as bound:
        assert address_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"
