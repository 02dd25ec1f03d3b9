"""A person's browser at the desk, without a script."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, Self

import httpx
from fastapi import FastAPI
from starlette.testclient import TestClient

PASSWORD = "long enough 密码"
TOKEN = re.compile(r'name="token" value="([^"]+)"')
SHOWN = re.compile(r'name="shown" value="(\w*)"')
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*)</a>')
INPUT = re.compile(r'<input id="([\w-]+)" name="[\w-]+" type="[\w-]+" value="([^"]*)"')
AREA = re.compile(r'<textarea id="([\w-]+)"[^>]*>\n(.*?)</textarea>', re.DOTALL)
MAIN = re.compile(r"<main.*?>(.*?)</main>", re.DOTALL)


class Browser:
    """Keeps its cookies, sends a page's token back, and reads what a page says."""

    def __init__(self, service: FastAPI, language: str = "en") -> None:
        self.client = TestClient(
            service, headers={"accept-language": language}, raise_server_exceptions=False
        )
        self.page: httpx.Response = httpx.Response(204)

    def signed_in(self, name: str, password: str = PASSWORD) -> Self:
        self.get("/desk/sign-in")
        self.send("/desk/sign-in", name=name, password=password)
        assert self.page.status_code == 200, self.said
        return self

    def get(self, path: str) -> httpx.Response:
        self.page = self.client.get(path)
        return self.page

    def send(self, path: str, files: Any = None, **values: object) -> httpx.Response:
        """Send a form of the page that is shown."""
        data = {"token": self.token, **values}
        self.page = self.client.post(path, data=data, files=files)
        return self.page

    def address_of(self, text: str) -> str:
        """Where the page's link of that text leads."""
        links = {unescape(found[2]).strip(): unescape(found[1]) for found in LINK.finditer(self.page.text)}
        return links[text]

    @property
    def token(self) -> str:
        found = TOKEN.search(self.page.text)
        return found[1] if found else ""

    @property
    def shown(self) -> str:
        """What tells whether the thing on the page is still the one that was shown."""
        found = SHOWN.search(self.page.text)
        return found[1] if found else ""

    @property
    def typed(self) -> dict[str, str]:
        """What the page's fields hold."""
        found = [*INPUT.findall(self.page.text), *AREA.findall(self.page.text)]
        return {name: unescape(value) for name, value in found}

    @property
    def said(self) -> str:
        """The text of the page's main part, spaces closed up."""
        found = MAIN.search(self.page.text)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[1] if found else self.page.text)).split())
