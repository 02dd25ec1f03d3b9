from __future__ import annotations

import os
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.operations.audit import AuditLog
from bot.operations.database import Database
from bot.operations.site import CurrentPublisher, Site, SiteError, site_settings
from bot.publisher import accent_of
from bot.settings import Settings

PNG = b"\x89PNG\r\n\x1a\n123"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("YUANWEN_")]:
        monkeypatch.delenv(name)


def test_what_is_set_holds_at_once_for_whoever_holds_the_publisher(database: Database) -> None:
    site = Site(Settings(), database)
    publisher = CurrentPublisher(site)
    seen: list[tuple[str, ...]] = []
    site.watch(lambda: seen.append(site.settings.widget_origins))
    assert (publisher.name, publisher.logo, site.source("publisher")) == ("", None, "default")
    site.set(
        {"publisher": " 驿城晚报 ", "accent": "#112233", "widget_origins": "https://a.example"}, "root", PNG
    )
    assert (publisher.name, publisher.accent) == ("驿城晚报", accent_of("#112233"))
    assert publisher.logo
    assert (publisher.logo.media_type, publisher.logo.content) == ("image/png", PNG)
    assert seen == [(), ("https://a.example",)]
    assert (site.source("publisher"), site.value("widget_origins")) == ("desk", "https://a.example")
    assert AuditLog(database).latest(1)[0].details == (
        '{"settings": ["accent", "logo", "publisher", "widget_origins"]}'
    )
    site.set({"publisher": ""}, "root", b"")
    assert (publisher.name, publisher.logo, site.source("publisher")) == ("", None, "default")
    assert site.source("accent") == "desk"


def test_the_environment_wins(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    Site(Settings(), database).set({"publisher": "desk", "contact": "1"}, "root")
    monkeypatch.setenv("YUANWEN_PUBLISHER", "environment")
    site = Site(Settings(), database)
    assert (site.published_by.name, site.source("publisher")) == ("environment", "environment")
    site.set({"publisher": "other", "contact": "2"}, "root")
    assert (site.published_by.name, site.published_by.contact) == ("environment", "2")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accent", "red"), ("publisher", "x" * 61), ("widget_origins", "https://*"),
        ("keep_questions_days", "0"), ("keep_questions_days", "many"),
    ],
)  # fmt: skip
def test_a_wrong_value_changes_nothing(database: Database, name: str, value: str) -> None:
    site = Site(Settings(), database)
    with pytest.raises(SiteError) as refused:
        site.set({"contact": "110", name: value}, "root")
    assert refused.value.name == name
    assert (site.published_by.contact, AuditLog(database).latest(1)) == ("", [])
    with pytest.raises(SiteError):
        site.set({}, "root", b"MZ")


def test_another_process_sees_it_and_a_pause(database: Database) -> None:
    site, other = Site(Settings(), database), Site(Settings(), database)
    site.set_pause("  正在\n维护。", "chief")
    assert (site.pause, other.pause) == ("正在 维护。", "")
    other.refresh()
    assert other.pause == "正在 维护。"
    other.set_pause("", "chief")
    assert [line.action for line in AuditLog(database).latest(2)] == ["answers again", "paused"]
    with pytest.raises(SiteError):
        site.set_pause("x" * 501, "chief")


def test_values_of_another_version_are_not_used(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(site_settings.insert().values(name="accent", value="red"))
        connection.execute(site_settings.insert().values(name="pause", value="停"))
        connection.execute(site_settings.insert().values(name="nothing", value="x"))
    site = Site(Settings(), database)
    assert (site.published_by, site.pause) == (Settings().published_by(), "停")
    with database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(site_settings)) == 3


def test_without_a_database_the_environment_holds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUANWEN_CONTACT", "12345")
    site = Site(Settings())
    publisher = CurrentPublisher(site)
    site.refresh()
    assert (site.pause, publisher.contact, publisher.root_path) == ("", "12345", "")
    with pytest.raises(FrozenInstanceError):
        publisher.name = "x"  # type: ignore[misc]
    assert replace(site.published_by, name="x").contact == "12345"
