from pathlib import Path

import pytest

from bot.publisher import Publisher, read_logo


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"RIFF\n\n\n\nWEBPVP8 ", "image/webp"),
        (b"<svg></svg>", "image/svg+xml"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a > b -->\n<svg xmlns="...">', "image/svg+xml"),
    ],
)
def test_a_logo_is_known_by_its_content(tmp_path: Path, content: bytes, media_type: str) -> None:
    path = tmp_path / "logo.bin"
    path.write_bytes(content)
    assert read_logo(path).media_type == media_type


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", ""),
        ("https://city.example", ""),
        ("https://city.example/ask", "/ask"),
        ("http://[::1]:80/a/b", "/a/b"),
    ],
)
def test_the_path_under_which_a_proxy_shows_the_service(url: str, path: str) -> None:
    assert Publisher(url=url).root_path == path
