"""What a host, a web origin and a web address look like, for settings and for what browsers send."""

from __future__ import annotations

__all__ = ["HOST", "ORIGIN", "PORT", "URL"]

LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"

HOST = rf"(?:{LABEL}(?:\.{LABEL})*|\[[0-9a-f:.]{{2,45}}\])"
"""A host name or a bracketed IPv6 address in lower case: RFC 1123, and "_", which browsers take too."""

PORT = r"(?::[0-9]{1,5})"

ORIGIN = rf"https?://(?:\*\.{LABEL}\.)?{HOST}{PORT}?"
"""A rule for origins: one, or "*." and what its subdomains end in."""

URL = rf"https?://{HOST}{PORT}?(?:/[A-Za-z0-9._~-]+)*/?"
"""A public address: an origin and perhaps a path."""
