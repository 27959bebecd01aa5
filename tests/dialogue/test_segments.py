"""What the network bills: 160 or 153 a part, 70 or 67 with one letter outside GSM-7."""

import pytest

from dialogue.segments import segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("£é" * 80, 1),
        ("€" * 80, 1),
        ("€" * 80 + "a", 2),
        ("ŵ" * 70, 1),
        ("ŵ" * 71, 2),
        ("ŵ" * 134, 2),
        ("ŵ" * 135, 3),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
        ("a" * 69 + "’", 1),
        ("a" * 70 + "’", 2),
    ],
)
def test_a_text_fills_its_segments(text, parts):
    assert segments(text) == parts
