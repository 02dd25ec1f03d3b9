"""The chat page driven over HTTP, as the browser's script does it."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx2
from starlette.testclient import TestClient

CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)


class Page:
    """One visitor's page, loaded from `client`."""

    def __init__(self, client: TestClient, session: str = "session1") -> None:
        self.client = client
        self.session = session
        self.html = client.get("/").text
        found = CONFIG.search(self.html)
        assert found
        self.config: dict[str, Any] = json.loads(found[1])

    def component(self, elem_id: str) -> dict[str, Any]:
        [component] = [c for c in self.config["components"] if c["props"].get("elem_id") == elem_id]
        return component

    def body(self, handler: str, *inputs: object, event_data: object = None) -> dict[str, Any]:
        """The request of the event that `handler` handles."""
        [event] = [event for event in self.config["dependencies"] if event["api_name"] == handler]
        return {
            "data": list(inputs),
            "event_data": event_data,
            "fn_index": event["id"],
            "trigger_id": event["targets"][0][0],
            "session_hash": self.session,
        }

    def join(self, body: object) -> httpx2.Response:
        return self.client.post("/gradio_api/queue/join", json=body)

    def finished(self) -> dict[str, Any]:
        """What the event that was joined last came to."""
        stream = self.client.get("/gradio_api/queue/data", params={"session_hash": self.session}).text
        events = [
            json.loads(line.removeprefix("data: "))
            for line in stream.splitlines()
            if line.startswith("data: ")
        ]
        [completed] = [event for event in events if event["msg"] == "process_completed"]
        return completed

    def run(self, handler: str, *inputs: object, event_data: object = None) -> list[Any]:
        """The outputs of an event."""
        response = self.join(self.body(handler, *inputs, event_data=event_data))
        assert response.status_code == 200, response.text
        completed = self.finished()
        assert completed["success"], completed
        return list(completed["output"]["data"])

    def ask(self, question: str, **wish: Any) -> list[str]:
        """The HTML of every message that is shown after the question, without the receipt at the end."""
        return shown(self.run("ask", wished(question, **wish), None)[1])[:-1]

    def open(self, key: str) -> tuple[dict[str, Any], str]:
        """The panel's change, and the HTML in it, after a click on a button of that value."""
        panel, article = self.run("open_article", wished(key), None)
        [html] = shown(article)
        return panel, html


def wished(*texts: str, number: int = 7, language: str = "zh-Hans", is_chosen: bool = False) -> str:
    """The content of a hidden box, as the page's script writes it."""
    wish = {"number": number, "language": language, "is_chosen": is_chosen, "texts": texts}
    return json.dumps(wish, ensure_ascii=False)


def shown(messages: list[dict[str, Any]]) -> list[str]:
    return [content["text"] for message in messages for content in message["content"]]
