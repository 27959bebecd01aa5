"""No with a reason, and a no that comes late: what it is taken for, and what it is not."""

import pytest

from dialogue import contact, refusals, wishes
from dialogue.cries import cries
from dialogue.watched import minded, watched
from tests.dialogue.doorstep import SCRIPT


@pytest.mark.parametrize(
    "text",
    [
        "No, it's not safe, he reads my texts",
        "no not safe he is here",
        "No. He has my phone most of the time",
        "No my husband reads my messages",
        "No he checks my phone",
        "2. He reads it",
        "this phone is not safe",
        "it's not safe to text me",
        "no please dont text me back",
        "No!! do not text",
        "no sorry",
        "Nah - my son looks at it",
        "Please, do not ring me here",
        "he has my phone",
        "he checks my phone",
        "he reads my messages",
        "its his phone",
        "no this is my husbands phone",
        "yes but he reads my phone",
        "not really he looks at it",
        "sorry no he sees it",
        "Not always, he comes home at six",
        "no I want to die",
        "no he'll see it",
        "👎",
        "👎🏽",
    ],
)
def test_a_no_with_its_reason_says_that_the_phone_is_not_safe(text):
    assert refusals.unsafe(SCRIPT, "en", text, asked=True)


@pytest.mark.parametrize(
    "text",
    [
        "no one believes me",
        "No-one came all night",
        "no food since monday",
        "No. 7 Oak Road, the carer called Jan",
        "2 weeks ago he hit me too",
        "2.30 she comes and she shouts",
        "I rang from my phone",
        "he took my money and my bank card",
        "sometimes he hits me with the stick",
        "dont know his name",
        "she is not safe there",
        "they said dont ring the bell",
        "I rang the office and they dont reply",
        "the carers dont answer the bell, they dont reply to her family",
        "I wrote to them twice. No reply",
        "thank you, no need to reply",
        "I hope someone reads this",
        "my husband saw it happen",
        "he found it very hard",
        "",
    ],
)
def test_what_only_begins_like_a_no_is_more_of_what_happened(text):
    assert not refusals.unsafe(SCRIPT, "en", text, asked=True)


@pytest.mark.parametrize("asked", [True, False])
def test_each_way_to_say_that_it_is_not_safe_is_heard_alone_too(asked):
    reading = SCRIPT.words["en"].reading
    ways = (*reading.unsafe, *reading.unsafe_alone)
    missed = [way for way in ways if not refusals.unsafe(SCRIPT, "en", way, asked=asked)]
    assert missed == []


FOUND = ["he saw your text", "hes seen your text", "he's got the phone", "he found the phone"]
FOUND += ["he is reading this", "he reads evrything", "he checks my fone", "he goes thru my fone"]
FOUND += ["its a shared phone", "he took my phone", "not when hes home", "he went through my texts"]


@pytest.mark.parametrize("text", FOUND)
@pytest.mark.parametrize("asked", [True, False])
def test_that_somebody_found_it_or_shares_it_says_that_it_is_not_safe(text, asked):
    assert refusals.unsafe(SCRIPT, "en", text, asked=asked)


TOLD = ["My daughter saw this too", "She saw this and did nothing", "the carer saw this happen"]
TOLD += ["the carer saw this and walked off", "my son has the texts to prove it"]
TOLD += ["My daughter has the messages to prove it", "my husband has the text from the hospital"]
TOLD += ["he will see this doctor again", "my wife is reading this out to me"]
TOLD += ["Not when my son was on the ward, they were lovely before", "not when she was in pain"]
TOLD += ["not if he has to go back to that ward", "its unsafe staffing levels"]
TOLD += ["not while she is in hospital", "unsafe discharge, no one rang"]
TOLD += ["the carer took the phone off the hook", "my mum read them the letter"]


@pytest.mark.parametrize("text", TOLD)
@pytest.mark.parametrize("asked", [True, False])
def test_who_saw_what_happened_or_can_prove_it_does_not_hold_the_phone(text, asked):
    assert not refusals.unsafe(SCRIPT, "en", text, asked=asked)


SEEN = ["He saw this text. I cant talk", "he will see this", "my husband reads our texts"]
SEEN += ["shes got the phone now", "my mum is reading these", "I hid it but he found the phone"]


SEEN += [
    "Not when my husband is here",
    "not while he's about",
    "its unsafe",
    "its still unsafe here",
]
SEEN += ["not if my mum's home", "Not when hes in. He gets angry", "not if he sees it"]


@pytest.mark.parametrize("text", SEEN)
def test_who_saw_what_we_texted_or_has_the_phone_now_does(text):
    assert refusals.unsafe(SCRIPT, "en", text, asked=False)


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("NO NO NO", True),
        ("nooo", True),
        ("N o", True),
        ("Nope nope!", True),
        ("no no he hit her", False),
        ("noon", False),
        ("22", False),
        ("yesss", False),
        ("", False),
    ],
)
def test_a_no_is_heard_however_long_or_often_it_is_said(text, no):
    assert refusals.drawn_out(SCRIPT, "en", text) is no


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("cant talk he watches my phone", True),
        ("my carer checks my messages every night", True),
        ("he has my phone", True),
        ("the carer was on her phone when mum fell", False),
        ("they never read my messages", False),
        ("my daughter reads my texts to me because im blind", False),
        ("my son reads my messages out loud", False),
        ("my husband has my phone so text him", False),
        ("my husband has my phone so dont text me", True),
        ("my carer has my phone because i am watched", True),
        ("she has my phone number", False),
        ("he took my phone and threw it", False),
        ("I hope someone reads this", False),
    ],
)
def test_unasked_only_who_is_at_the_phone_now_counts(text, now):
    assert watched(SCRIPT, "en", text) is now


@pytest.mark.parametrize(
    ("text", "reason", "asked"),
    [
        ("my daughter has my phone", "sounds like: my son has my bank card", True),
        ("my wife reads my texts, my eyes are bad", "sounds like: he reads all my texts", True),
        ("my husband has my phone and he hits me", "hits me", False),
        ("my husband has my phone. he squeezes", "sounds like: he strangles me", False),
        ("he has my phone", "he has my phone", False),
    ],
)
def test_kin_who_have_the_phone_may_help_where_nothing_else_alarms(text, reason, asked):
    assert minded(SCRIPT, "en", text, [reason]) is asked


@pytest.mark.parametrize(
    ("text", "safe"),
    [("its not safe actually he is back", False), ("no he hit me on monday", True)],
)
def test_where_nothing_is_asked_only_words_about_the_phone_count(text, safe):
    assert refusals.unsafe(SCRIPT, "en", text, asked=False) is not safe


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("please dont text me back", True),
        ("The food was cold. Don't text me, he reads it", True),
        ("the ward was cold please dont ring me", True),
        ("he looks at it so dont text me", True),
        ("this phone is not safe", False),
        ("the doctors dont ring me back", False),
        ("they said dont call me again", False),
        ("Dont call me a liar is what the receptionist said", False),
        ("Please do not contact me by letter, you got my address wrong twice", False),
        ("dont ring me back on my mums phone", True),
        ("3 5 2", False),
    ],
)
def test_in_the_first_words_only_a_wish_that_is_meant_for_us_counts(text, meant):
    assert wishes.asks_not_to(SCRIPT, "en", text) is meant


@pytest.mark.parametrize(
    ("text", "reason", "more"),
    [
        ("No. I want to kill myself", "want to kill myself", True),
        ("not safe i want to die", "not safe i want to die", True),
        ("please dont text me he is back", "please dont text me he is back", False),
        ("please stop texting me i want to die", "stop texting me i want to die", True),
        ("my phone is not safe i want to die", "phone is not safe i want to die", True),
        ("please dont text me again now", "please dont text me again now", False),
        ("please dont ring me", "sounds like: dont send flowers just remember me", False),
        ("no I want to die", "sounds like: i wanna die", True),
        ("dont reply I wont be here", "sounds like: I will be gone when you read this", True),
        ("its not safe here any more", "sounds like: its ok im not scarred any more", False),
        ("not safe any more I want to go", "sounds like: i want to go to sleep for ever", True),
        ("im not safe any more", "sounds like: I'm not safe with myself tonight", True),
        ("not safe with myself tonight", "sounds like: I'm not safe with myself tonight", True),
        ("no my mum will see", "sounds like: mommy wont wake up", False),
        ("no he'll be angry", "sounds like: He will kill me if he sees this", False),
        ("its not safe actually, he is back", "sounds like: im not scarred any more", False),
    ],
)
def test_a_refusal_is_a_cry_by_its_own_words_or_where_it_is_of_nobody_else(text, reason, more):
    assert cries(SCRIPT, "en", text, [reason], asked=True) is more


def test_where_safety_was_not_asked_a_farewell_known_by_its_meaning_is_a_cry():
    said, like = "dont text me back this is my last message", "sounds like: my last text to anyone"
    assert cries(SCRIPT, "en", said, [like], asked=False)


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself and the crisis team dont ring me back",
        "the crisis team never answer and they dont call me back",
        "My dad hits me, I am 12. He says dont call me at school",
        "carers hit my mum, and the manager told me 'do not contact me again'",
        "carers hit my mum and the office dont reply",
        "They hit her and dont answer this family when we ring",
        "they hit my mum. I wrote twice. No reply",
        "Carers hit me. Dont respond when I press the buzzer",
        "They hit residents. dont respond at night",
        "Nurse slapped mum. dont reply when I email",
        "the staff hit mum, dont answer me when i ask",
        "he hits me. do not contact my mum",
        "carer hits mum. Do not text my brother",
        "They hit her. dont respond and walk off",
        "carer hits mum. do not contact my sister because she worries",
    ],
)
def test_what_somebody_in_danger_tells_of_others_takes_no_reply_from_them(text):
    assert not refusals.tells_us_not_to(SCRIPT, "en", text)


ASKS = ["dont text me", "Please don't text me back, he reads this", "my phone is not safe"]
ASKS += ["please dont reply", "I said don't text", "He hits me but please dont reply to this"]
ASKS += ["dont answer this", "do not write back", "dont reply my husband reads this"]
ASKS += ["Carer hits me. dont respond please", "dont reply when hes home", "dont text hes in"]
ASKS += [
    "he hits me. dont text my mum will see",
    "do not contact on this phone",
    "dont reply at all",
]


@pytest.mark.parametrize("text", ASKS)
def test_what_somebody_in_danger_asks_of_us_is_heard_unasked(text):
    assert refusals.tells_us_not_to(SCRIPT, "en", text)


@pytest.mark.parametrize(
    "text",
    [
        "my daughter has my mobile number, she will tell you",
        "the carers took my phone number and never rang",
        "people have my phone calls on tape",
    ],
)
def test_who_has_a_phones_number_does_not_hold_the_phone(text):
    assert not refusals.unsafe(SCRIPT, "en", text, asked=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sorry I meant no", True),
        ("oops i meant no, thanks", True),
        ("I meant no he reads it", True),
        ("I meant no harm by it", False),
        ("I meant no one helped", False),
        ("sorry i meant no one helped me all night", False),
        ("I meant no offence sorry", False),
    ],
)
def test_a_no_was_meant_only_where_a_part_ends_with_it_or_a_reason_comes(text, meant):
    assert refusals.unsafe(SCRIPT, "en", text, asked=False) is meant
    assert contact.unwanted(SCRIPT, "en", text) is meant
