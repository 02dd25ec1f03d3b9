"""Files, folders, patterns and standard input; what is not there, too large or a trap is told in words."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from corpus.readers.document import Document, Note
from corpus.sources import files as file_sources
from corpus.sources.files import SourceError, documents, files_of, is_address, unpacked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("page-10.txt", "page-2.txt", "sub/a.md", "sub/photo.jpg", ".git/b.md", ".c.txt", "D.HTML"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def names(source: str | Path) -> list[str]:
    return [name for _, name in files_of(str(source))]


def zipped(*files: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in files:
            file.writestr(name, text)
    return content.getvalue()


def read(source: str | Path) -> list[Document | Note]:
    return list(documents(str(source), files_of(str(source)), io.BytesIO()))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("ftp://example.org/a", False),
        ("file:///etc/passwd", False),
        ("https:/a.md", False),
        ("a.md", False),
        ("-", False),
    ],
)
def test_what_is_an_address(source: str, expected: bool) -> None:
    assert is_address(source) == expected


def test_a_folders_files_in_natural_order_without_hidden_and_unreadable_ones(folder: Path) -> None:
    assert names(folder) == ["D.HTML", "page-2.txt", "page-10.txt", "sub/a.md", "sub/photo.jpg"]


def test_old_office_files_are_taken_to_be_refused_by_name_and_what_pages_are_made_of_is_not(
    tmp_path: Path,
) -> None:
    """A saved page comes with a folder of style sheets and scripts: they are no articles."""
    parts = ("a.htm", "a_files/style.css", "a_files/ad.js", "old.doc", "notice.WPS")
    for part in parts:
        (tmp_path / part).parent.mkdir(exist_ok=True)
        (tmp_path / part).write_bytes(b"x")
    assert names(tmp_path) == ["a.htm", "notice.WPS", "old.doc"]
    packed = unpacked(Document("b.zip", "b", zipped(*((part, b"x") for part in parts))))
    assert [part.name for part in packed] == ["b.zip/a.htm", "b.zip/old.doc", "b.zip/notice.WPS"]


def test_a_file_that_is_named_is_taken_whatever_its_name(folder: Path) -> None:
    assert names(folder / "sub" / "photo.jpg") == ["photo.jpg"]
    assert names(folder / ".c.txt") == [".c.txt"]


def test_a_pattern_names_files_in_natural_order(folder: Path) -> None:
    assert names(folder / "page-*.txt") == ["page-2.txt", "page-10.txt"]
    assert names(folder / "**" / "*.md") == ["a.md"]


def test_a_file_whose_name_looks_like_a_pattern(folder: Path) -> None:
    (folder / "[1].txt").write_bytes(b"one")
    (folder / "1.txt").write_bytes(b"other")
    assert names(folder / "[1].txt") == ["[1].txt"]


@pytest.mark.parametrize("source", ["nowhere.txt", "*.pdf", "sub/*/x", "\x00"])
def test_what_is_not_there_is_named(folder: Path, source: str) -> None:
    with pytest.raises(SourceError) as missing:
        files_of(f"{folder}/{source}")
    assert str(missing.value) == f"{folder}/{source}: no such file or folder"


def test_a_folder_without_a_readable_file(tmp_path: Path) -> None:
    for name in ("style.css", "~$notice.docx", "page_files/photo.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(SourceError, match=r"the folder holds no file that can be read \(.*\.txt.*\)"):
        files_of(str(tmp_path))


def test_the_documents_of_files(folder: Path) -> None:
    assert read(folder / "sub") == [
        Document(f"{folder}/sub/a.md", "a", b"sub/a.md"),
        Document(f"{folder}/sub/photo.jpg", "photo", b"sub/photo.jpg"),
    ]
    assert [part.stem for part in read(folder) if isinstance(part, Document)][-1] == "sub-photo"


def test_standard_input() -> None:
    assert list(documents("-", (), io.BytesIO(b"text"))) == [Document("-", "stdin", b"text")]


def test_a_file_that_went_meanwhile_and_one_that_is_too_large_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(str(folder))
    (folder / "page-2.txt").unlink()
    monkeypatch.setattr(file_sources, "LARGEST_FILE", 7)
    found = list(documents(str(folder), files, io.BytesIO()))
    assert found == [
        Document(f"{folder}/D.HTML", "D", b"D.HTML"),
        Note(f"{folder}/page-2.txt", "No such file or directory"),
        Note(f"{folder}/page-10.txt", "the file has more than 7 bytes"),
        Note(f"{folder}/sub/a.md", "the file has more than 7 bytes"),
        Note(f"{folder}/sub/photo.jpg", "the file has more than 7 bytes"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_in_a_folder_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert read(tmp_path) == [Note(f"{tmp_path}/pipe.txt", "it is no regular file")]


def test_links_that_lead_in_a_circle_or_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert read(tmp_path) == [
        Document(f"{tmp_path}/a.txt", "a", b"one"),
        Note(f"{tmp_path}/broken.txt", "No such file or directory"),
    ]


def test_an_archives_members_and_a_damaged_archive() -> None:
    packed = Document("a.zip", "a", zipped(("b.txt", b"one")))
    assert list(unpacked(packed)) == [Document("a.zip/b.txt", "b", b"one")]
    [note] = unpacked(Document("a.zip", "a", b"PK\x03\x04 and no more"))
    assert isinstance(note, Note)
    assert note.name == "a.zip"
    styles = Document("c.zip", "c", zipped(("style.css", b"x")))
    [none] = unpacked(styles)
    assert isinstance(none, Note)
    assert none.text.startswith("the archive holds no file that can be read (.txt ")
    plain = Document("b.txt", "b", b"one")
    assert list(unpacked(plain)) == [plain]
