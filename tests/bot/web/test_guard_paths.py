import pytest

from bot.web.guard import own_path, rooted


@pytest.mark.parametrize(
    ("root", "path", "full", "own"),
    [
        ("", "/docs", "/docs", "/docs"),
        ("", "/", "/", "/"),
        ("/ask", "/docs", "/ask/docs", "/docs"),
        ("/ask", "/ask/docs", "/ask/docs", "/docs"),
        ("/ask", "/ask/", "/ask/", "/"),
        ("/ask", "/ask", "/ask", "/"),
        ("/ask", "/", "/ask/", "/"),
        ("/a", "/api/ask", "/a/api/ask", "/api/ask"),
    ],
)
def test_the_proxys_path_is_put_on_and_taken_off(root: str, path: str, full: str, own: str) -> None:
    scope = rooted({"path": path}, root)
    assert (scope["root_path"], scope["path"]) == (root, full)
    assert own_path(scope) == own
