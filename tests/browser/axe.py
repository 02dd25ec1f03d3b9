"""What axe-core finds wrong with a page; the script comes with the wheel, nothing is fetched."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

__all__ = ["faults"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(shown: Page | Frame) -> list[str]:
    """One line for each element that breaks a rule of WCAG 2.2 AA or good practice; [] is what we want.

    A page is judged without its frames: give each `Frame` by itself. Wait until nothing moves first.
    """
    options = {"runOnly": RULES, "resultTypes": ["violations"], "iframes": False}
    found = Axe().run(shown, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
