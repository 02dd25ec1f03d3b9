from __future__ import annotations

from fastapi import FastAPI

from bot.desk.desk import Desk
from bot.operations.users import User
from tests.bot.desk.browser import PASSWORD, Browser


def test_an_administrator_makes_changes_and_removes_users(
    service: FastAPI, administrator: Browser, desk: Desk
) -> None:
    administrator.get("/desk/users")
    administrator.send("/desk/users", name="新人", role="editor", password=PASSWORD)
    assert "新人 was added." in administrator.said
    new = Browser(service).signed_in("新人")
    administrator.send("/desk/users/change", name="新人", role="publisher", password="", action="change")
    assert User("新人", "publisher") in desk.users.all()
    assert new.get("/desk").url.path == "/desk/sign-in"
    administrator.send("/desk/users/change", name="新人", action="remove")
    assert "新人" not in {user.name for user in desk.users.all()}
    actions = [(line.user, line.action) for line in desk.log.latest(4)]
    assert ("root", "user removed") in actions
    assert ("root", "user changed") in actions


def test_what_an_administrator_cannot_do(administrator: Browser, desk: Desk) -> None:
    before = desk.users.all()
    for path, values, status in (
        ("/desk/users", {"name": "ed", "role": "editor", "password": PASSWORD}, 400),
        ("/desk/users", {"name": "<script>", "role": "editor", "password": PASSWORD}, 400),
        ("/desk/users", {"name": "x", "role": "god", "password": PASSWORD}, 400),
        ("/desk/users", {"name": "x", "role": "editor", "password": "short"}, 400),
        ("/desk/users/change", {"name": "root", "action": "remove"}, 400),
        ("/desk/users/change", {"name": "nobody", "action": "remove"}, 400),
    ):
        administrator.get("/desk/users")
        administrator.send(path, **values)
        assert administrator.page.status_code == status, (path, values)
    assert desk.users.all() == before


def test_nobody_else_sees_users_or_the_log(publisher: Browser, editor: Browser) -> None:
    for browser in (publisher, editor):
        for path in ("/desk/users", "/desk/log"):
            assert browser.get(path).status_code == 403
            assert "Your role does not allow this." in browser.said
        browser.get("/desk")
        browser.send("/desk/users", name="x", role="administrator", password=PASSWORD)
        assert browser.page.status_code == 403
