"""The socket that the service listens on, bound before anything else is started.

ServiceError
 ├─ PortTaken      another program listens there
 └─ AddressRefused the host is none of this machine's, or the port is not ours to take
"""

from __future__ import annotations

import errno
import socket

from corpus.failure import Failure

__all__ = ["AddressRefused", "PortTaken", "ServiceError", "address_of", "listen"]


class ServiceError(Failure):
    """The service cannot start; the message says what to change."""


class PortTaken(ServiceError):  # noqa: N818
    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is taken by another program; set YUANWEN_PORT to a free port"
        )
        self.host = host
        self.port = port


class AddressRefused(ServiceError):  # noqa: N818
    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"cannot listen on {host} port {port}: {reason}; "
            "set YUANWEN_HOST to an address of this machine and YUANWEN_PORT to 1024 to 65535"
        )
        self.host = host
        self.port = port


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes any free one. Raises PortTaken or AddressRefused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise AddressRefused(host, port, error.strerror or str(error)) from error


def address_of(bound: socket.socket) -> str:
    """What to open in a browser on this machine: a socket on 0.0.0.0 -> "http://127.0.0.1:7860"."""
    host, port = bound.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
