"""The best parse of a page, by dynamic programming over all: where its articles begin.

The Viterbi algorithm over segments (a semi-Markov model): an article is a heading of up to five lines and
a body, and a reading's points are the sum of those of its headings and lines. It takes one pass forward
and one backward, in time linear in the number of lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from corpus.newspaper.scores import IMPOSSIBLE, MODES, Flow, Mode, PageScores

__all__ = ["MOST_HEADING_LINES", "Opening", "Parse", "best_parse"]

HOPELESS = -8.0  # points: of 1,900 headings of tests and data the least likely that was taken has -4.2
MOST_HEADING_LINES = 5  # Kicker, a title of two lines, a subtitle of two lines.


@dataclass(frozen=True)
class Opening:
    """An article begins at line `at` with `length` lines of heading; `margin` is by how many points the
    best reading in which none begins there is worse."""

    at: int
    length: int
    margin: float


@dataclass(frozen=True)
class Parse:
    """The openings of the best reading, and of the best others: `missed` are lines at which an article
    would begin in a reading that is hardly worse, with its margin."""

    openings: tuple[Opening, ...]
    missed: tuple[Opening, ...]


class _Step(NamedTuple):
    """An article that begins: points, length of the heading, its mode, and the line behind its first one of
    text, whose points are those below the heading."""

    points: float
    length: int
    mode: Mode
    after: int


class _Search:
    def __init__(self, flow: Flow) -> None:
        self.scores = PageScores(flow)
        self.size = len(flow.lines)
        self.steps = [self._steps(at) for at in range(self.size)]
        self.on = [
            {mode: self.scores.goes_on(at, mode) if at else IMPOSSIBLE for mode in MODES}
            for at in range(self.size)
        ]
        # ahead[i][mode]: the best points of lines i and on, if line i - 1 belongs to such an article.
        self.ahead = [dict.fromkeys(MODES, 0.0) for _ in range(self.size + 1)]
        for at in range(self.size - 1, -1, -1):
            for mode in MODES:
                self.ahead[at][mode] = max(self._go_on(at, mode), self._open(at, mode))

    def _steps(self, at: int) -> dict[Mode, list[_Step]]:
        steps: dict[Mode, list[_Step]] = {mode: [] for mode in MODES}
        above, above_notice = self.scores.above(at, False), self.scores.above(at, True)
        for length in range(min(MOST_HEADING_LINES, self.size - at) + 1):
            heads = self.scores.heads(at, length)
            if heads <= IMPOSSIBLE:
                if length:
                    break
                continue
            if heads < HOPELESS:
                continue
            strong, after = self.scores.is_strong(at, length), min(self.size, at + length + 1)
            kind = self.scores.mode(at, length)
            bare, in_feature = (0.0, 0.0) if strong else self.scores.bare(at, length)
            for mode in MODES:
                points = heads + (above_notice if mode == "notice" else above)
                points += in_feature if mode == "feature" else bare
                # A heading without a sure sign, below a feature, is one more of the feature's.
                goes_on = mode == "feature" and not strong
                steps[mode].append(_Step(points, length, mode if goes_on else kind, after))
        return steps

    def _go_on(self, at: int, mode: Mode) -> float:
        return self.on[at][mode] + self.ahead[at + 1][mode]

    def _open(self, at: int, mode: Mode) -> float:
        return max(
            (step.points + self.ahead[step.after][step.mode] for step in self.steps[at][mode]),
            default=IMPOSSIBLE,
        )

    def reading(self, bound: float) -> Parse:
        behind = self._behind()
        best = self.ahead[0][MODES[0]]
        openings: list[Opening] = []
        path = self._path()
        begun = {at for at, _ in path}
        for at, step in path:
            without = self._without(behind, at)
            openings.append(Opening(at, step.length, best - without))
        missed = []
        heads = {at + index for at, step in path for index in range(step.length + 1)}
        for at in range(self.size):
            if at in begun or at in heads:
                continue
            with_it = max(behind[at][mode] + self._open(at, mode) for mode in MODES)
            if best - with_it < bound:
                missed.append(Opening(at, self._best_step(at).length, best - with_it))
        return Parse(tuple(openings), tuple(missed))

    def _best_step(self, at: int) -> _Step:
        return max(
            (step for mode in MODES for step in self.steps[at][mode]),
            key=lambda step: step.points + self.ahead[step.after][step.mode],
        )

    def _path(self) -> list[tuple[int, _Step]]:
        path: list[tuple[int, _Step]] = []
        at, mode = 0, MODES[0]
        while at < self.size:
            if at and self._go_on(at, mode) >= self._open(at, mode):
                at += 1
                continue
            step = max(
                self.steps[at][mode],
                key=lambda step: step.points + self.ahead[step.after][step.mode],
            )
            path.append((at, step))
            at, mode = step.after, step.mode
        return path

    def _behind(self) -> list[dict[Mode, float]]:
        """behind[i][mode]: the best points of the lines before i, if line i - 1 is in such an article."""
        behind = [dict.fromkeys(MODES, float("-inf")) for _ in range(self.size + 1)]
        behind[0][MODES[0]] = 0.0
        for at in range(self.size):
            for mode in MODES:
                if at:
                    points = behind[at][mode] + self.on[at][mode]
                    behind[at + 1][mode] = max(behind[at + 1][mode], points)
                for step in self.steps[at][mode]:
                    after = step.after
                    points = behind[at][mode] + step.points
                    behind[after][step.mode] = max(behind[after][step.mode], points)
        return behind

    def _without(self, behind: list[dict[Mode, float]], at: int) -> float:
        """The best points of a reading in which no article begins at `at`: the line goes on, or it
        stands in a heading that begins above."""
        if not at:
            return float("-inf")
        best = max(behind[at][mode] + self._go_on(at, mode) for mode in MODES)
        for first in range(max(0, at - MOST_HEADING_LINES - 1), at):
            for mode in MODES:
                for step in self.steps[first][mode]:
                    after = step.after
                    if after > at:
                        points = behind[first][mode] + step.points + self.ahead[after][step.mode]
                        best = max(best, points)
        return best


def best_parse(flow: Flow, bound: float) -> Parse:
    """The best parse of a page of at least one line, and what is missed by fewer than `bound` points."""
    return _Search(flow).reading(bound)
