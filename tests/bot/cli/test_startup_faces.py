from pathlib import Path

import pytest

from bot.cli.startup import open_faces
from bot.operations.database import open_database
from bot.operations.site import Site
from bot.settings import Settings, SettingsError

KEY = "a" * 43


def test_without_settings_there_is_no_further_way_and_no_signature() -> None:
    settings = Settings()
    faces = open_faces(settings, Site(settings), None)
    assert (faces.openai_token, faces.channels, faces.signer) == ("", (), None)
    assert faces.about() == ("off", 90, False, False)


def test_accounts_that_are_set_are_there_and_the_key_of_signatures_stays(tmp_path: Path) -> None:
    settings = Settings(
        wechat_token="abc", wecom_token="def", wecom_corp_id="ww1", wecom_aes_key=KEY, keep_questions="all"
    )
    database = open_database(f"sqlite:///{tmp_path / 'state.sqlite'}")
    faces, again = (open_faces(settings, Site(settings), database) for _ in range(2))
    assert [(c.path, c.cipher is not None, c.is_corporate) for c in faces.channels] == [
        ("/wechat", False, False),
        ("/wecom", True, True),
    ]
    assert faces.about() == ("all", 90, True, True)
    assert faces.signer is not None
    assert again.signer is not None
    assert faces.signer.sign("a", "b") == again.signer.sign("a", "b")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"wechat_token": "abc", "wechat_aes_key": KEY},
            "YUANWEN_WECHAT_AES_KEY needs YUANWEN_WECHAT_APP_ID",
        ),
        (
            {"wecom_token": "abc", "wecom_aes_key": KEY},
            "needs YUANWEN_WECOM_AES_KEY and YUANWEN_WECOM_CORP_ID",
        ),
        (
            {"wecom_token": "abc", "wecom_corp_id": "w"},
            "needs YUANWEN_WECOM_AES_KEY and YUANWEN_WECOM_CORP_ID",
        ),
    ],
)
def test_an_account_that_lacks_a_part_is_refused(given: dict[str, str], told: str) -> None:
    settings = Settings(**given)  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=told):
        open_faces(settings, Site(settings), None)
