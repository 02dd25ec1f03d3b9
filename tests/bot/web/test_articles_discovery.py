"""Search engines find every page."""

from __future__ import annotations

import re

from starlette.testclient import TestClient


def test_the_sitemap_names_every_page(client: TestClient) -> None:
    response = client.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml; charset=utf-8"
    assert re.findall(r"<loc>(.*?)</loc>", response.text) == [
        "http://testserver/",
        "http://testserver/articles",
        "http://testserver/articles/parcels",
        "http://testserver/articles/hostile",
        "http://testserver/articles/station",
    ]


def test_robots_names_the_sitemap(client: TestClient) -> None:
    response = client.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "\nSitemap: http://testserver/sitemap.xml\n" in response.text


def test_a_host_that_is_none_is_not_repeated(client: TestClient) -> None:
    html = client.get("/articles/parcels", headers={"host": 'x"><script>'}).text
    assert '<link rel="canonical" href="/articles/parcels">' in html
