"""Chinese function words of one character: they hold a sentence together and say nothing of its subject."""

from __future__ import annotations

__all__ = ["FUNCTION_WORDS"]

FUNCTION_WORDS = frozenset(
    "的了吗呢吧啊呀嘛那这它他她我你您啥咋为能会要该有没不在过着得地都还也又就才再先和与跟给对从到把被让向按用人"
    "个些一上下里中去来最很钱"
)
"""Some are parts of words as well: 工会, 上海, 用人单位."""
