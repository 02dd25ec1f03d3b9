"""Zip files: their members are read, and what would do harm is refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.readers import archive
from corpus.readers.archive import members
from corpus.readers.document import Document, Note, ReaderError
from corpus.readers.formats import is_archive


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> Document:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files:
            file.writestr(name, text)
    return Document("issue.zip", "issue", content.getvalue())


def test_members_are_documents() -> None:
    document = zipped(
        ("2024-11-26/A3.txt", b"one"), ("a.md", b"two"), ("__MACOSX/a.md", b"x"), (".hidden", b"x")
    )
    assert is_archive(document)
    assert list(members(document)) == [
        Document("issue.zip/2024-11-26/A3.txt", "2024-11-26-A3", b"one"),
        Document("issue.zip/a.md", "a", b"two"),
    ]


def test_names_in_gbk_as_chinese_windows_writes_them() -> None:
    content = zipped(("ABCD.txt", b"x")).content.replace(b"ABCD.txt", "停水.txt".encode("gb18030"))
    assert [part.name for part in members(Document("a.zip", "a", content))] == ["a.zip/停水.txt"]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:/a.txt"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert list(members(zipped((name, b"x")))) == [
        Note(f"issue.zip/{name}", "its name leads out of the archive")
    ]


def test_an_archive_inside_is_refused() -> None:
    [note] = members(zipped(("b.zip", b"x")))
    assert note == Note("issue.zip/b.zip", "it is an archive inside an archive; unpack it and add its files")


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(zipped(("a.txt", b"x")).content)
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    [note] = members(Document("a.zip", "a", bytes(content)))
    assert note == Note("a.zip/a.txt", "it is encrypted; unpack it with its password and add the files")


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ReaderError, match="unpacks to 10,000,000 bytes, far more than it should"):
        list(members(zipped(("a.txt", bytes(10_000_000)))))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    with pytest.raises(ReaderError, match="the archive has 3 members; at most 2 are taken"):
        list(members(zipped(*((f"{n}.txt", b"x") for n in range(3)))))


def test_a_damaged_member_is_told() -> None:
    document = zipped(("a.txt", b"hello hello hello hello"), ("b.txt", b"two"))
    content = bytearray(document.content)
    content[content.index(b"a.txt") + 8] ^= 0xFF
    first, second = members(Document("a.zip", "a", bytes(content)))
    assert isinstance(first, Note)
    assert first.text.startswith("it cannot be unpacked: ")
    assert second == Document("a.zip/b.txt", "b", b"two")
