"""Violence that sounds like a cry for life, by what it sounds like alone: which reply it gets."""

from datetime import UTC, datetime

import pytest

from dialogue import texting
from dialogue.thread import Arrived, Thread
from tests.dialogue.doorstep import SCRIPT

HITS, STRANGLED = "he is hitting me every night I am scared", "sounds like: he's strangling me"
NOW = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "reason", "reply"),
    [
        (HITS, STRANGLED, "neutral"),
        ("my carer keeps on hitting me", STRANGLED, "neutral"),
        (HITS, "sounds like: I want to sleep for ever", "crisis"),
        (HITS, "hitting me", "crisis"),
        ("he has his hands on my neck", STRANGLED, "crisis"),
        ("I hit the floor and nobody comes", STRANGLED, "crisis"),
    ],
)
def test_who_is_hit_gets_the_reply_that_tells_nothing_to_who_hits_them(body, reason, reply):
    came = Arrived(body, NOW, "R1", reasons=(reason,))

    assert texting.step(SCRIPT, "en", Thread(), came).say.phrase == reply
