"""Points for looking like a headline, by a line's words alone."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.newspaper.lines import Line
from corpus.newspaper.patterns import has_no_punctuation, tag
from corpus.newspaper.vocabulary import any_of, words
from corpus.script import HAN

__all__ = ["ALIKE", "likeness", "look_of_heading", "look_of_line", "look_of_subhead"]

OPEN_ENDS = tuple("的和与及在将对为是并或从把被向以等其该至由使让这那：:")
DIGITS = re.compile(r"\d")
BULLETS = tuple("●▲•·")
HOLLOW = tuple("○■◆□◇★☆")
NARROW_HEADS = (8, 6, 5, 3, 3)  # a point for each that a plain heading is not wider than


def look_of_line(line: Line, first: bool, last: bool) -> float:
    """Points of one line of a heading; `first` and `last` tell where in it the line stands."""
    points = -1.0 * (line.kind == "verse" and not last)
    points += 2.0 * line.two_halves
    points += 1.0 * (line.text in words("labels"))
    points += 3.0 * (line.is_notice and (line.width >= 4 or line.latin))
    if line.width < 4 and not (first and last):
        points -= 2.5 * last + 2.5 * (line.width < 2)
    if line.dash:
        points += -4.0 if first else 3.0
    if line.numbering or line.text.startswith(BULLETS):
        points -= 5.0
    elif line.text.startswith(HOLLOW):
        points -= 2.5
    if line.is_salutation:
        points += 2.0 if first else -4.0
    elif line.text.endswith(OPEN_ENDS) and not line.is_place:
        points -= 3.0
    if line.kind == "signature" or (line.may_sign and not line.is_unit):
        points -= 3.0
    points -= 1.0 * (line.width > 30)
    return points + (_look_of_latin(line.text) if line.latin else 0.0)


def look_of_subhead(head: Line, alone: bool, cut: bool) -> float:
    """Points for a heading against one inside an article, which is plain and short.

    `alone`: it is one line; `cut`: columns have cut the page's paragraphs, and a fragment may look like it.
    """
    digits, points = bool(DIGITS.search(head.text)), 0.0
    if alone and has_no_punctuation(head.text) and not digits and not head.latin:
        points -= sum(head.width <= short for short in NARROW_HEADS)
    points += 0.5 * digits
    if head.width >= 9:
        points += 0.5 + 0.5 * (head.width >= 12 and not cut and not head.latin)
    comma = alone and not head.latin and bool(re.search("[，,]", head.text))
    points -= 0.7 * comma
    return points - (1.0 + 1.0 * comma) * (cut and head.width > 8)


ALIKE = 0.25
COMPARED = 150  # characters


def likeness(head: Line, text: Line) -> float:
    """Share of a headline's words (of Chinese, pairs of characters) that its text begins with too, 0 to 1."""
    body = text.text[:COMPARED].lower()
    if head.latin:
        parts = re.findall(r"\w{4,}", head.text.lower())
    else:
        runs = re.findall(rf"[{HAN}\d]+", head.text)
        parts = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    return sum(part in body for part in parts) / len(parts) if parts else 0.0


def look_of_heading(heading: list[Line]) -> float:
    """Points for the lines of one heading: a place, a label or the halves of one title, a subtitle."""
    points = -1.2 * (len(heading) - 1)
    if len(heading) < 2:
        return points
    first, second = heading[0], heading[1]
    if first.is_place or first.is_unit or first.column_label or tag(first.text):
        points += 1.7
    elif first.width <= 6 and first.kind != "verse":
        points += 0.7
    # Below a headline of two halves a line without a dash is a subtitle sooner than a text's beginning
    # only where a byline or a dateline follows: their points are lost otherwise.
    points -= 2.5 * sum(
        above.two_halves and not (line.two_halves or line.dash) for above, line in pairwise(heading)
    )
    points += 0.6 * (first.width == second.width and not first.latin)
    return points


HEADING_START = re.compile(rf"{any_of('heading_starts')}\b")
MOST_WORDS = 13


def _look_of_latin(text: str) -> float:
    parts = text.split()
    points = 0.5 if text[0].isupper() or text[0].isdigit() or text[0] in "‘“\"'" else -3.0
    if len(parts) > MOST_WORDS:
        points -= 2.0
    if HEADING_START.match(text) and not text.endswith("?"):
        points -= 3.0
    if text.endswith((",", ";", ":", " the", " a", " of", " and", " to", " in")):
        points -= 3.0
    return points
