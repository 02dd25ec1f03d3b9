import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.publisher import Accent, accent_of, contrast

COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#767676", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1.0),
    ],
)
def test_the_contrast_of_two_colors(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_a_readable_color_is_kept_where_it_is_readable() -> None:
    assert accent_of("#9c2a1f").light == "#9c2a1f"
    assert accent_of("#F0A196") == Accent(light=accent_of("#f0a196").light, dark="#f0a196")


@given(COLORS)
def test_every_color_has_a_shade_for_either_mode(color: str) -> None:
    accent = accent_of(color)
    assert contrast(accent.light, "#ffffff") >= 4.5
    assert contrast(accent.light, "#f3e7e2") >= 4.5
    assert contrast(accent.dark, "#2a0e0a") >= 4.5
    assert contrast(accent.dark, "#382622") >= 4.5
