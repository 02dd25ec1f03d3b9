"""sources.toml is read strictly: a mistyped entry is named, and nothing is guessed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from corpus.sources.files import SourceError
from corpus.sources.following import Followed, read_sources


def written(folder: Path, text: str) -> Path:
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return folder


def test_addresses_and_folders(tmp_path: Path) -> None:
    text = (
        '[[source]]\naddress = "https://example.org/feed.xml"\nevery = "15m"\n'
        'section = "要闻"\nsource = "驿城晚报"\n'
        '[[source]]\nfolder = "export"\nevery = "1d"\n[[source]]\naddress = "http://example.org/"\n'
    )
    assert read_sources(written(tmp_path, text)) == [
        Followed("https://example.org/feed.xml", timedelta(minutes=15), "要闻", "驿城晚报"),
        Followed(str(tmp_path / "export"), timedelta(days=1)),
        Followed("http://example.org/", timedelta(hours=1)),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "[[source]]\naddress = 'https://a.example'\nevry = '1h'\n",
            "source 1: unknown evry; allowed: address, ",
        ),
        ("[[source]]\nevery = '1h'\n", "source 1: an address or a folder is needed, and not both"),
        (
            "[[source]]\naddress = 'example.org'\n",
            "'example.org' is no address; it begins with https://",
        ),
        ("[[source]]\nfolder = 'a'\nevery = '1m'\n", "every = '1m'; \"5m\" is the least, like"),
        ("[[source]]\nfolder = 'a'\nevery = 'soon'\n", "every = 'soon'; \"5m\" is the least, like"),
        ("[[source]]\nfolder = 'a'\nevery = 1\n", "each value is a text in quotation marks"),
        ("[[sources]]\nfolder = 'a'\n", r"one \[\[source\]\] or more is allowed, and nothing else"),
        ("", r"one \[\[source\]\] or more is allowed"),
        ("[[source", "cannot be read: "),
    ],
)
def test_what_is_not_allowed_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_sources(written(tmp_path, text))


def test_without_the_file_it_is_said_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no such file; write \[\[source\]\] and address = "):
        read_sources(tmp_path)
