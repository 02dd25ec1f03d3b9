from index.query.pinyin import sound_alikes


def test_common_characters_of_the_same_sound_are_found() -> None:
    assert "诈" in sound_alikes("炸")
    assert "炸" in sound_alikes("诈")
    assert "炸" not in sound_alikes("炸")
    assert set("是事市师试") <= set(sound_alikes("世"))


def test_what_is_no_common_character_has_none() -> None:
    assert (sound_alikes("a"), sound_alikes("?"), sound_alikes("")) == ("", "", "")
