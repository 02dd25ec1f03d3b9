"""YAML front matter from anybody: bounded before it is parsed, and every value as it is written."""

from __future__ import annotations

import re
from typing import Any

import yaml
from frontmatter.default_handlers import SafeLoader

__all__ = ["DEEPEST", "LONGEST", "FrontMatterError", "load"]

LONGEST = 64_000
"""Characters. libyaml's composer recurses on the C stack: 50,000 open brackets end the process."""

DEEPEST = 20
"""Lists and mappings within each other."""


class FrontMatterError(ValueError):
    """The text is no YAML that is taken; the message says why in one line."""


class _Texts(SafeLoader):  # type: ignore[misc, valid-type]  # the C one where there is one
    """Leaves values as they are written: YAML would read 12:30 as 750, 007 as 7 and 1.10 as 1.1."""


_Texts.yaml_implicit_resolvers = {}
_Texts.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(?:~|null)?$"), ["~", "n", ""])


def load(header: str) -> Any:
    """The values as texts, lists, dicts and None; dates only where they are tagged so.

    Raises FrontMatterError for what is no YAML, longer than LONGEST or deeper than DEEPEST, and for
    aliases, with which a few lines make gigabytes.
    """
    if len(header) > LONGEST:
        raise FrontMatterError(f"it has {len(header):,} characters; at most {LONGEST:,} are allowed")
    try:
        _refuse_expanding(header)
        return yaml.load(header, Loader=_Texts)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FrontMatterError(_line(error)) from error


def _refuse_expanding(header: str) -> None:
    depth = 0
    for event in yaml.parse(header, Loader=_Texts):  # the parser's own stack is on the heap
        if isinstance(event, yaml.AliasEvent):
            raise FrontMatterError(f"it holds an alias (*{event.anchor}); write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise FrontMatterError(f"it is nested more than {DEEPEST} deep")


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
