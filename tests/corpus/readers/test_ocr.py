"""Pages that are drawn here are read again by machine, and say so."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from corpus.article import Article
from corpus.readers import ocr
from corpus.readers.document import Document, Note, ReaderError, Scan
from corpus.readers.formats import read

pytestmark = pytest.mark.slow  # a model reads pictures

FONTS = {
    "song": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "hei": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "micro hei": ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
}
TITLE = "冬季供暖公告"
BODY = (
    "驿城市供暖从2024年11月15日开始，次年3月15日结束，居民室内温度不低于18℃，供热服务电话为96069。",
    "出门前要关闭电热毯、取暖器等大功率电器，确保人走断电。发现有人触电，要先切断电源，再拨打急救电话。",
)
SIZE, WIDTH, LEFT, PER_LINE = 46, 1240, 130, 21  # 11 points at 300 dpi, a column of half a page


def drawn(font: str) -> Image.Image:
    path, index = FONTS[font]
    if not Path(path).is_file():
        pytest.skip(f"{path} is missing: apt-get install fonts-noto-cjk fonts-wqy-microhei")
    page = Image.new("L", (WIDTH, 900), 255)
    pen = ImageDraw.Draw(page)
    big, small = (ImageFont.truetype(path, size, index=index) for size in (84, SIZE))
    pen.text(((WIDTH - big.getlength(TITLE)) / 2, 80), TITLE, font=big, fill=0)
    top = 260
    for paragraph in BODY:
        rest = f"　　{paragraph}"
        while rest:
            pen.text((LEFT, top), rest[:PER_LINE], font=small, fill=0)
            rest, top = rest[PER_LINE:], top + 78
    return page


def turned_and_noisy(page: Image.Image) -> Image.Image:
    page = page.rotate(1.5, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))
    noise = np.random.default_rng(7).normal(0, 25, (page.height, page.width))
    return Image.fromarray((np.asarray(page) + noise).clip(0, 255).astype("uint8"))


def png(page: Image.Image) -> bytes:
    content = io.BytesIO()
    page.save(content, "PNG")
    return content.getvalue()


def errors(expected: str, found: str) -> float:
    """The character error rate: edits for each expected character."""
    row = list(range(len(found) + 1))
    for at, char in enumerate(expected, 1):
        before, row = row, [at]
        for place, other in enumerate(found, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (char != other)))
    return row[-1] / len(expected)


@pytest.fixture
def engine() -> None:
    if not ocr.is_available():
        pytest.skip("the extra [ocr] is missing")


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.usefixtures("engine")
def test_a_clean_page(font: str) -> None:
    text = "".join(line.text for line in ocr.recognized(drawn(font)))
    assert errors(TITLE + "".join(BODY), text.replace(" ", "")) <= 0.02


@pytest.mark.usefixtures("engine")
def test_a_turned_and_noisy_page() -> None:
    text = "".join(line.text for line in ocr.recognized(turned_and_noisy(drawn("song"))))
    assert errors(TITLE + "".join(BODY), text.replace(" ", "")) <= 0.06


@pytest.mark.usefixtures("engine")
def test_the_article_of_a_picture_and_what_is_told_of_it() -> None:
    [scan, article, note] = read(Document("in/a.png", "a", png(drawn("song"))))
    assert isinstance(scan, Scan)
    assert article == Article("a", TITLE, "\n\n".join(BODY), scan=scan.name)
    assert scan.lines[0].text == TITLE
    assert all(0.9 < line.confidence <= 1 for line in scan.lines)
    assert note == Note("in/a.png", "read by machine from a scan; compare it with the picture", refused=False)


@pytest.mark.usefixtures("engine")
def test_a_picture_without_text_is_refused() -> None:
    with pytest.raises(ReaderError, match="no article was recognized on it"):
        list(read(Document("a.png", "a", png(Image.new("L", (300, 300), 255)))))


def test_without_the_extra_it_is_refused_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(ReaderError, match=r"takes the extra \[ocr\]: pip install 'yuanwen\[ocr\]'"):
        list(read(Document("a.png", "a", png(Image.new("L", (30, 30), 255)))))


def test_a_damaged_and_a_huge_picture_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReaderError, match="the picture is damaged"):
        list(read(Document("a.png", "a", b"\x89PNG\r\n")))
    monkeypatch.setattr(ocr, "MOST_PIXELS", 100)
    with pytest.raises(ReaderError, match="the picture has more than 100 pixels"):
        list(read(Document("a.png", "a", png(Image.new("L", (30, 30), 255)))))


def test_an_unsure_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [ocr.PlacedLine("停水通知", 0, 0, 80, 20), ocr.PlacedLine("明天停水。", 0, 40, 50, 50, 0.61)]
    monkeypatch.setattr(ocr, "recognized", lambda picture: lines)
    text, notes, scan = ocr.recognized_page(Image.new("L", (30, 30)), "a.png")
    assert text == "停水通知\n明天停水。"
    assert [line.confidence for line in scan.lines] == [1.0, 0.61]
    assert notes[1] == Note("a.png", "'明天停水。' was read with confidence 0.61", refused=False)


def scan() -> bytes:
    content = io.BytesIO()
    drawn("song").save(content, "PDF", resolution=300)
    return content.getvalue()


def test_a_pdf_page_without_text_layer_is_read_by_machine() -> None:
    if not ocr.is_available():
        pytest.skip("the extra [ocr] is not installed")
    readings = list(read(Document("scan.pdf", "scan", scan())))
    [article] = [reading for reading in readings if isinstance(reading, Article)]
    assert (article.id, article.title) == ("scan-p1", TITLE)
    assert errors("".join(BODY), article.body.replace("\n\n", "")) <= 0.02
    told = Note("scan.pdf: page 1", "read by machine from a scan; compare it with the picture", refused=False)
    assert told in readings


def test_a_scanned_pdf_names_its_pages_and_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    assert list(read(Document("scan.pdf", "scan", scan()))) == [
        Note(
            "scan.pdf: page 1",
            "it is a picture, and reading pictures takes the extra [ocr]: pip install 'yuanwen[ocr]'",
        )
    ]
