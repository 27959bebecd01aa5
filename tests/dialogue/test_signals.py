"""What words signal beside how urgent they are: noticed where it is meant, and nowhere else."""

import pytest

from dialogue import signals
from tests.dialogue.doorstep import SCRIPT, URGENT
from triage import urgency


def found(text):
    return signals.found(SCRIPT, text, urgency.tier(URGENT, text).tier)


@pytest.mark.parametrize(
    "text",
    [
        "I'm 12",
        "I\u2019m 12 and scared",
        "I am eleven years old and nobody listens",
        "im 12yo and my carer hits me",
        "im only 9",
        "i'm 14 and in pain",
        "I'm 16 and waiting for CAMHS",
        "I am a 15 year old girl on the ward",
        "im in year 8",
        "im still at school",
        "my foster carer locks the fridge",
        "my teacher at school said to text you",
        "my mum's boyfriend hits me",
        "My dad keeps hitting me",
        "The nurse hit my little girl",
        "A carer slapped an 8 year old at the respite home",
        "My 14 year old says she wants to kill herself",
        "a child is in danger in that house",
        "I am worried about a child",
    ],
)
def test_a_child_who_writes_or_is_at_risk_is_noticed(text):
    assert "child" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "My children's ward was lovely",
        "The kids clinic was kind to my son",
        "I was worried about the baby when I went in",
        "I'm 16 weeks pregnant",
        "im 13 and a half stone now thanks to them",
        "I'm 12th in the queue",
        "I'm 11 in the queue",
        "I am 10 out of 10 happy",
        "I'm 12 years sober",
        "I'm 15 minutes late",
        "They talk to me like I'm 12",
        "They shout at her like a child and slap her",
        "My carer hits me",
        "When I was a child this ward was open",
        "2 Russells Hall",
        "12",
    ],
)
def test_nobody_else_is_taken_for_a_child(text):
    assert "child" not in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "I work there",
        "I used to work here",
        "I work at this home and residents are left wet",
        "I work nights on the ward and it is chaos",
        "im a nurse on this ward",
        "I am an agency carer at the care home",
        "As a member of staff I am worried",
        "we were told to falsify the charts",
        "My manager slaps residents",
        "I work in a care home and staff slap residents",
    ],
)
def test_somebody_who_works_there_is_noticed(text):
    assert "staff" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am a carer for my husband",
        "I work in a shop and could not get an appointment",
        "I work in a care home and could not get my jab",
        "I work at the hospital shop",
        "I don't work there",
        "The member of staff was kind",
        "I told my manager that I had an appointment",
        "The staff work so hard here",
        "I wish I worked there",
    ],
)
def test_nobody_else_is_taken_for_staff(text):
    assert "staff" not in found(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("My nan died on ward 6.", True),
        ("She passed away, they were kind", True),
        ("He is dying at home", True),
        ("my baby was stillborn", True),
        ("She is no longer with us", True),
        ("the hospice was lovely", True),
        ("we lost our dad in June", True),
        ("the studied calm of the nurse", False),
        ("dead good, thanks", False),
        ("the staff were dead good", False),
        ("dying to say thanks", False),
        ("she was dying to come home", False),
        ("I was bored to death", False),
        ("It was a matter of life and death", False),
        ("The message was never passed on", False),
        ("my phone died in the waiting room", False),
        ("he nearly died", False),
        ("I lost my husband in the corridors", False),
        ("we lost his baby bottle", False),
    ],
)
def test_a_death_is_noticed(text, told):
    assert ("death" in found(text)) is told


def test_a_name_that_nobody_knows_stops_the_start():
    words = SCRIPT.words["en"].model_copy(update={"names": {}})

    with pytest.raises(KeyError):
        signals.found(SCRIPT.model_copy(update={"words": {"en": words}}), "", None)
