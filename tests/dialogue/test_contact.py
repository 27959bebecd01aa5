"""Whether we may text or ring, in other words than "1" or "yes": what a text is taken for."""

import pytest

from dialogue import agreeing, contact
from tests.dialogue.doorstep import SCRIPT


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Yes you can text me, but please only in the evening after six", True),
        ("Yes please text me", True),
        ("ring me Thursday after 3", True),
        ("you can text me but not before 9", True),
        ("yes but the food was cold", False),
        ("yes the nurse was rude", False),
        ("you can text my daughter on 07700 900123", False),
        ("yes you can text me. Actually no", False),
        ("you cant text me", False),
        ("👍", False),
        ("Text me", True),
        ("yes, text me back please", True),
        ("call me on 0121 496 0000", True),
        ("ring me at 3", True),
        ("text me in the evening", True),
        ("text me but only after 6", True),
        ("happy for you to text me", True),
        ("Text me and he will see it", False),
        ("Call me old fashioned but nurses should smile more", False),
        ("text me back and ill go mad", False),
        ("text me on this and I am in trouble", False),
        ("Ring me if you dare", False),
        ("message me is what she said", False),
        ("Happy for you to sod off", False),
        ("Text me but not when he is home", False),
        ("you can text me when he is out", False),
    ],
)
def test_only_you_may_text_me_is_a_yes(text, meant):
    assert agreeing.agrees(SCRIPT, "en", text) is meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("No need, just wanted you to know", True),
        ("I would prefer not to be contacted because I am still a patient there", True),
        ("I'd rather not, thanks", True),
        ("Nah - he looks at it", True),
        ("No thank you, I only wanted somebody to know", True),
        ("yes but he reads my phone", True),
        ("👎", True),
        ("No, ringing is safe, after 2 is best", False),
        ("Nah evenings only", False),
        ("no, please ring me", False),
        ("no he is in after 2", True),
        ("everyone reads my texts", True),
        ("My daughter saw this too", False),
        ("we share a phone", False),
        ("Not when my son was on the ward, they were lovely before", False),
        ("its unsafe staffing levels", False),
        ("not when hes home", False),
        ("its not safe here", True),
        ("my son saw my texts from the ward", False),
        ("no one came to help", False),
        ("No. 7 Oak Road", False),
        ("it was on ward 4", False),
    ],
)
def test_where_we_asked_a_no_in_their_own_words_is_one(text, meant):
    assert contact.declines(SCRIPT, "en", text) is meant


@pytest.mark.parametrize(
    "text",
    [
        "he looks at it so dont text me",
        "No not safe to ring, he listens",
        "Its not safe",
        "dont text me when you ring me he hears",
        "he reads it when you text me so dont text me",
        "stop texting me",
        "No more texts please",
        "dont ring me after this",
        "please dont text me after he comes home",
        "I waited after 2 weeks in there, dont ring me",
        "I am at 12 Oak Road dont ring me",
        "not a good time, dont ring me",
        "dont ring me any time",
        "please dont ring or text me",
        "dont ring me back on my mums phone",
    ],
)
def test_that_we_may_text_or_ring_is_taken_back_in_plain_words(text):
    assert contact.unwanted(SCRIPT, "en", text)


@pytest.mark.parametrize(
    "text",
    [
        "Ring me after 4 please, dont ring me at work",
        "Any time after 2 but dont ring me before that",
        "dont ring me at home, he listens",
        "dont call me in the mornings",
        "Dont ring me. Text me please",
        "I am in from 9, dont ring me today",
        "please dont ring me before 10am",
        "they dont call me back",
        "he said dont text me again to my sister at the clinic and slammed the phone on her",
        "dont ring me on the landline, use this mobile",
        "dont ring me unless its urgent",
        "Dont call me Mrs Smith, Im Sue",
        "Not safe at all on that ward",
        "no buses on sunday",
        "No",
        "2",
    ],
)
def test_a_time_or_a_place_or_another_way_is_no_refusal(text):
    assert not contact.unwanted(SCRIPT, "en", text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("STOP PLEASE", True),
        ("Please stop", True),
        ("leave me alone", True),
        ("Please leave me alone!", True),
        ("stop texting me", True),
        ("please dont ring", True),
        ("no more", True),
        ("No more calls please", True),
        ("no please dont text", True),
        ("please dont ring or text me", True),
        ("Can you stop texting me", True),
        ("The food was cold. Don't text me, he reads it", True),
        ("ok dont text me he will see", True),
        ("sorry dont text me he will see", True),
        ("thanks but dont text me", True),
        ("and dont text me he will see", True),
        ("yes but dont text me he reads them", True),
        ("no dont text me he will see", True),
        ("he will see dont text me", True),
        ("plz dnt text me he will see", True),
        ("please don't txt me he will see", True),
        ("dont reply", True),
        ("please do not reply thank you", True),
        ("thank you, dont reply to this", True),
        ("you dont reply", False),
        ("You do not respond", False),
        ("Dont you reply?", False),
        ("Do you not reply", False),
        ("no they dont text me back", False),
        ("ok she said dont text me again", False),
        ("they said please come in and dont ring me", False),
        ("they leave me alone all day with no food", False),
        ("please stop the noise on ward 4", False),
        ("Please don't call me before 9. The GP was rude", False),
        ("the doctors dont ring me back", False),
        ('Receptionist said: "Do not call me again" and put the phone down', False),
        ("She told me, dont call me again, and hung up", False),
    ],
)
def test_who_was_asked_nothing_wants_no_texts_only_in_words_that_are_for_us(text, meant):
    assert contact.wants_none(SCRIPT, "en", text) is meant
