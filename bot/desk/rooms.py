"""The rooms of the desk, as its pages list them: by what they are for, to those who may enter."""

from __future__ import annotations

from typing import NamedTuple

from bot import messages
from bot.messages import Message
from bot.operations.users import Role, User

__all__ = ["Room", "RoomGroup", "rooms_of"]


class Room(NamedTuple):
    """A part of the desk at /desk/NAME, for users of that role and above."""

    name: str
    words: Message
    role: Role = "publisher"

    def holds(self, path: str) -> bool:
        """Whether a page at that path is in the room."""
        return f"{path}/".startswith(f"/desk/{self.name}/")


class RoomGroup(NamedTuple):
    words: Message
    rooms: tuple[Room, ...]


GROUPS = (
    RoomGroup(
        messages.DESK_ARTICLES,
        (
            Room("add", messages.DESK_ADD, "editor"),
            Room("sheets", messages.DESK_SHEETS, "editor"),
            Room("articles", messages.DESK_ALL_ARTICLES, "editor"),
        ),
    ),
    RoomGroup(
        messages.DESK_GROUP_READERS,
        (
            Room("questions", messages.DESK_QUESTIONS),
            Room("votes", messages.DESK_VOTES),
            Room("figures", messages.DESK_FIGURES),
        ),
    ),
    RoomGroup(
        messages.DESK_GROUP_ANSWERS,
        (
            Room("pins", messages.DESK_PINS),
            Room("cards", messages.DESK_CARDS),
            Room("synonyms", messages.DESK_SYNONYMS),
            Room("evaluations", messages.DESK_EVALUATIONS),
            Room("pause", messages.DESK_PAUSE),
        ),
    ),
    RoomGroup(
        messages.DESK_GROUP_SERVICE,
        (
            Room("settings", messages.DESK_SETTINGS, "administrator"),
            Room("users", messages.DESK_USERS, "administrator"),
            Room("log", messages.DESK_LOG, "administrator"),
        ),
    ),
)


def rooms_of(user: User) -> list[RoomGroup]:
    """The rooms that a user may enter; groups without one are left out."""
    found = [RoomGroup(words, tuple(r for r in rooms if user.may(r.role))) for words, rooms in GROUPS]
    return [group for group in found if group.rooms]
