"""What counts as a Chinese character, for regular expressions."""

from __future__ import annotations

import re

__all__ = ["HAN", "HAN_CHARACTER", "HAN_RUN"]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The inside of a character class: rf"[{HAN}]{{2,4}}".

The CJK Unified Ideographs with Extension A, the Compatibility Ideographs, and planes 2 and 3, which hold
Extensions B and later (Unicode 17, section 18.1).
"""

HAN_CHARACTER = re.compile(f"[{HAN}]")
HAN_RUN = re.compile(f"[{HAN}]+")
