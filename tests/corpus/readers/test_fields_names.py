"""Dates and pages in the names of files."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.readers.fields import issue_date, page_number


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("驿城晚报2024年11月26日A3版", "A3"),
        ("2024-11-26-A03", "A03"),
        ("20241126_03", "03"),
        ("2024-11-26/A03", "A03"),
        ("2024.11.26 第5版", "5"),
        ("2024-11-26-page-2", "2"),
        ("2024-11-26", ""),
        ("issue 2019-01-02/2024-11-26-B1", "B1"),
    ],
)
def test_date_and_page(name: str, number: str) -> None:
    assert issue_date(name) == date(2024, 11, 26)
    assert page_number(name) == number


@pytest.mark.parametrize(
    "name", ["report-7", "no 20241326", "2024-13-01", "phone 13920241126", "第3届运动会"]
)
def test_a_name_without_a_date(name: str) -> None:
    assert issue_date(name) is None
    assert page_number(name) == ""


def test_a_page_alone() -> None:
    assert page_number("第3版") == "3"
