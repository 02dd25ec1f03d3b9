import pytest
from starlette.testclient import TestClient

from bot import messages
from tests.bot.web.stub import LATER_CARD, PARCELS, PARCELS_CARD, REPRINT_CARD


class TestArticles:
    def test_are_listed_without_bodies(self, client: TestClient) -> None:
        articles = client.get("/api/articles").json()
        assert [article["id"] for article in articles] == ["parcels", "hostile", "station"]
        assert articles[0] == PARCELS_CARD
        assert articles[1]["published"] is None

    def test_a_part_is_listed_and_says_how_to_go_on(self, client: TestClient) -> None:
        part = client.get("/api/articles?offset=1&limit=1")
        assert [article["id"] for article in part.json()] == ["hostile"]
        assert part.headers["x-total-count"] == "3"
        assert part.headers["link"] == '<?offset=2&limit=1>; rel="next"'
        last = client.get("/api/articles?offset=2&limit=1")
        assert ([article["id"] for article in last.json()], "link" in last.headers) == (["station"], False)
        assert client.get("/api/articles?limit=0").status_code == 422

    def test_one_is_read_with_its_body(self, client: TestClient) -> None:
        assert client.get("/api/articles/parcels").json() == {
            **PARCELS_CARD, "body": PARCELS.body, "superseded_by": None, "was_valid_until": None,
            "also_in": [REPRINT_CARD],
        }  # fmt: skip
        assert client.get("/api/articles/hostile").json()["superseded_by"] == LATER_CARD

    def test_a_withdrawn_one_is_gone(self, client: TestClient) -> None:
        response = client.get("/api/articles/gone", headers={"accept-language": "en"})
        assert (response.status_code, response.headers["content-type"]) == (410, "application/problem+json")
        assert (response.json()["title"], response.json()["detail"]) == (
            "Gone",
            messages.WITHDRAWN_ARTICLE.to("en"),
        )

    @pytest.mark.parametrize("article_id", ["none", "..%2f..%2fetc%2fpasswd", "%00", "题"])
    def test_an_unknown_one_is_a_problem(self, client: TestClient, article_id: str) -> None:
        response = client.get(f"/api/articles/{article_id}")
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
