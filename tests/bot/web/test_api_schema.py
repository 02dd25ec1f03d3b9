import json
import re

from starlette.testclient import TestClient

from bot.answering.question import LIMIT


class TestDocs:
    def test_are_served_without_another_host(self, client: TestClient) -> None:
        page = client.get("/docs").text
        assert "http://" not in page
        assert "https://" not in page
        for address in ("/static-offline-docs/swagger-ui-bundle.js", "/static-offline-docs/swagger-ui.css"):
            assert address in page
            assert client.get(address).status_code == 200

    def test_the_schema_tells_what_may_be_asked(self, client: TestClient) -> None:
        schema = client.get("/openapi.json").json()
        assert set(schema["paths"]) == {
            "/api/ask",
            "/api/articles",
            "/api/articles/{article_id}",
            "/api/examples",
            "/api/feedback",
            "/api/follow-ups",
            "/healthz",
            "/readyz",
            "/verify",
        }
        question = schema["components"]["schemas"]["AskRequest"]["properties"]["question"]
        assert (question["minLength"], question["maxLength"]) == (1, LIMIT)
        assert "application/problem+json" in json.dumps(schema["paths"]["/api/ask"])
        assert re.fullmatch(question["pattern"], "火灾\n怎么办?\t")
        assert not re.fullmatch(question["pattern"], "火灾\x1b[2J")

    def test_the_schema_refers_to_nothing_that_is_not_there(self, client: TestClient) -> None:
        schema = client.get("/openapi.json").json()
        for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(schema)):
            found = schema
            for part in reference.removeprefix("#/").split("/"):
                found = found[part]

    def test_every_refusal_is_documented_as_a_problem(self, client: TestClient) -> None:
        for path, operations in client.get("/openapi.json").json()["paths"].items():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    kind = "application/problem+json" if int(status) >= 400 else "application/json"
                    assert set(response.get("content", {kind: {}})) == {kind}, (path, status)
