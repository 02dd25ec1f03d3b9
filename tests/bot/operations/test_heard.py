from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from bot.operations.database import Database
from bot.operations.heard import HeardWordings, heard

TODAY = date(2026, 11, 28)


def addresses(count: int) -> list[str]:
    return [f"192.0.2.{number}" for number in range(count)]


def test_a_wording_is_shared_once_five_addresses_used_it(database: Database) -> None:
    wordings = HeardWordings(database)
    asked = [("几点停水", address) for address in addresses(4)]
    assert wordings.shared(asked * 3, TODAY, 90) == set()
    assert wordings.shared([("几点停电", "192.0.2.9")], TODAY, 90) == set()
    assert wordings.shared([("几点停水", "198.51.100.1"), ("几点停水", "198.51.100.2")], TODAY, 90) == {
        "几点停水"
    }


def test_nothing_of_the_wording_or_the_address_is_written(database: Database) -> None:
    HeardWordings(database).shared([("几点停水", "192.0.2.7")], TODAY, 90)
    with database.reading() as connection:
        [(wording, visitor, _)] = connection.execute(sa.select(heard))
    assert len(wording) == 64
    assert 0 <= visitor < 4096


def test_with_the_period_all_of_it_is_forgotten(database: Database) -> None:
    wordings = HeardWordings(database)
    wordings.shared([("几点停水", address) for address in addresses(4)], TODAY, 7)
    before = database.key(f"heard-{TODAY.toordinal() // 7}")
    assert wordings.shared([("几点停水", "203.0.113.1")], date(2026, 12, 20), 7) == set()
    with database.reading() as connection:
        assert len(list(connection.execute(sa.select(heard)))) == 1
    assert database.key(f"heard-{TODAY.toordinal() // 7}") != before
