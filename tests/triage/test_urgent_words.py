"""Which sentences cannot wait, and which only sound so."""

import tomllib

import pytest

from tests.conftest import ROOT
from triage import urgency, urgency_lists

SCRIPT = ROOT / "script"
TIERS = urgency_lists.load(SCRIPT, "en")

URGENT = [
    "I want to kill myself",
    "im suicidal",
    "Thinking about suicide every night",
    "I feel like ending my life",
    "I'm going to end it all tonight",
    "i dont want to be here anymore",
    "I don’t want to live any more",
    "She wants to die and nobody listens",
    "WISH I WAS DEAD",
    "They'd be better off without me",
    "Life is not worth living",
    "there is no point in living",
    "I can't go on like this",
    "I cant take it any more",
    "My daughter is self-harming",
    "I keep cutting myself",
    "he says he will kill himself",
    "I have taken an overdose",
    "I took all my tablets",
    "ive swallowed too many pills",
    "My husband is on the floor unconscious",
    "mum has collapsed and nobody comes",
    "She is not breathing",
    "dad has stopped breathing",
    "I can't breathe",
    "I cannot breathe properly",
    "chest pains since this morning",
    "I have a pain in my chest",
    "the wound won't stop bleeding",
    "bleeding heavily after the operation",
    "my nan won't wake up",
    "help me",
    "Please help me!!",
    "someone help me im so scared",
    "I'm going to jump",
    "I will hang myself",
    "kms",
    "nobody would miss me",
    "They could not help me and I want to die.",
    "The crew saved me when I was suicidal but now I want to kill myself",
    "The training day was good. I am suicidal.",
    "Since last year I want to die",
    "The nurse was very kind and the ward was clean I want to die and nobody will help me",
    "thank you for everything the tea was good I took all my tablets an hour ago",
    "i feel suicidal again they never helped",
    "you wont have to worry about me much longer",
    "I won't be here come Christmas",
    "you wont need me anymore",
    "you will not be hearing from me again",
    "you won't see me again",
    "you will not see me tomorrow",
    "I won't be here next week, I can promise you that",
    "I have said goodbye to the kids",
    "goodbye everyone",
    "Goodbye.",
    "me and the kids wont be here tomorrow",
    "the ward was clean i cant breathe",
    "the nurse was on her own and then i cant breathe",
    "ending it tonight",
]

HARMLESS = [
    "They never come when I ring the bell",
    "the results never come back",
    "The bus will not come to the surgery",
    "They said not tomorrow and not after lunch",
    "Never again",
    "The 999 crew were great",
    "111 told me to ring 999 and they came quickly",
    "Dying to say thanks to ward 6",
    "Sister Anne is killing me with kindness",
    "My back was killing me in that chair",
    "I would kill for a decent cup of tea on that ward",
    "The cake at the care home is to die for",
    "They helped me",
    "The nurse helps me every day",
    "They could not help me",
    "The receptionist couldn't help me",
    "nobody would help me",
    "She refused to help me",
    "the carers help me with my shower",
    "Thank you for trying to help me",
    "Nobody there to help me to the toilet",
    "They didn't want to help me",
    "The suicide prevention team visited our group",
    "The poster about suicide was kind",
    "The chest pain clinic was excellent",
    "I came in with chest pain and was seen in minutes",
    "She was unconscious when the ambulance came and they were brilliant",
    "Mum collapsed last week, the crew were lovely",
    "When dad collapsed the staff came at once",
    "I fell and hurt myself, minor injuries were great",
    "I cut myself shaving and the GP laughed",
    "My husband died last year on that ward",
    "The suspense nearly killed me",
    "The doctor jumped the queue",
    "I wanted to die of embarrassment",
    "We were bored to death in the waiting room",
    "The ward smelt like death",
    "A breath of fresh air, that new nurse",
    "I cannot go on holiday until I get the letter",
    "No point in ringing at 8am",
    "The helpline was a life saver",
    "Stop the bleeding obvious questions",
    "I struggled to park",
    "The doctor will not see me tomorrow",
    "They say the surgeon won't see me again until Friday",
    "The nurse won't be here next week because she is on holiday",
    "I won't be here tomorrow so please ring on Monday",
    "I will not be here when you call tomorrow, I am going to my sister's",
    "Right, that's it, goodbye",
    "That's all I wanted to say so goodbye",
    "The nurse didn't even say goodbye",
    "Nobody let us say goodbye to mum",
    "The letter had the wrong day on it. Goodbye.",
    "they sent the wrong letter and i had to go home again goodbye",
    "Thank you. Goodbye.",
    "thankyou goodbye",
    "i said hospital",
    "we wont be here tomorrow",
    "We're not going to be here Monday, the surgery was told",
]

# Denied, past, or helped: no alarm, but a person still looks.
LOWERED = [
    "The crisis team saved me when I felt suicidal",
    "Staff supported me when I was suicidal",
    "Years ago I took an overdose and they were kind",
    "I am not suicidal, just tired of waiting",
    "I was never neglected there",
    "I used to self harm until they helped",
]

MISHEARD = {
    "thoughts of sue aside": "R1",
    "she took an over dose": "R1",
    "i want to die in": "R1",
    "dont want 2 live": "R1",
    "heeeelp me": "R1",
    "a pressure saw on her heel": "R2",
    "she has a bed saw": "R2",
    "i have OD'd": "R1",
    "mum has od\u2019d": "R1",
    "im od'ing": "R1",
    "wnt 2 die": "R1",
    "wanna b dead": "R1",
    "end my lyf": "R1",
    "im sewicidal": "R1",
    "hes hiting me": "R2",
    "phisically assalted": "R2",
    "i got raiped": "R2",
    "i was rapd": "R2",
    "i was asalted": "R2",
    "sexually asulted": "R2",
    "carer smakd me": "R2",
    "he kiks me": "R2",
    "he kikd me": "R2",
    "carer hitz me": "R2",
    "she pinchs me": "R2",
    "beatin me up": "R2",
    "he has a right to fall": "R3",
}


@pytest.mark.parametrize("said", URGENT)
def test_words_of_life_and_death_are_r1(said):
    assert urgency.tier(TIERS, said).tier == "R1"


@pytest.mark.parametrize(
    "said",
    [
        "my husband says he will put me in hospital",
        "he says hell put me in hospital if i tell",
        "they threatened to put me in hospital",
        "my son swears he will put us in hospital",
        "hes going to hospitalise me",
        "she says she will hospitalise me",
        "he threatened to hospitalise me",
        "he said he will hospitalise her",
        "my carer will put me in hospital one day",
    ],
)
def test_who_threatens_to_put_somebody_in_hospital_is_r1(said):
    assert urgency.tier(TIERS, said).tier == "R1"


@pytest.mark.parametrize(
    "said",
    [
        "GP said they will put me in hospital for tests",
        "the consultant is going to put me in hospital next week",
        "the doctor said he will put me in hospital if it gets worse",
        "doctor said she will put her in hospital",
        "going to put him in hospital for his heart",
        "he is going to put me in hospital for the operation",
        "they want to hospitalise me",
        "the psychiatrist says she will hospitalise me",
        "my daughter says she will put me in hospital with worry",
    ],
)
def test_a_stay_in_hospital_that_is_planned_is_no_threat(said):
    assert urgency.tier(TIERS, said).tier is None


@pytest.mark.parametrize(
    "said", ["im locked in", "im locked in and cant get out", "they are making me marry", "fgm"]
)
def test_what_keeps_or_forces_somebody_is_r2(said):
    assert urgency.tier(TIERS, said).tier == "R2"


@pytest.mark.parametrize(
    ("said", "tier"),
    [
        ("no i want to die", "R1"),
        ("No, I want to die", "R1"),
        ("No he will kill me", "R1"),
        ("No, they will kill me", "R1"),
        ("no one will kill me", None),
        ("no i dont want to die", "R3"),
    ],
)
def test_a_no_that_answers_us_denies_no_cry_behind_it(said, tier):
    assert urgency.tier(TIERS, said).tier == tier


@pytest.mark.parametrize("said", HARMLESS)
def test_ordinary_words_are_no_alarm(said):
    assert urgency.tier(TIERS, said).phrases == ()


@pytest.mark.parametrize("said", LOWERED)
def test_what_is_denied_past_or_helped_is_lowered_and_not_dropped(said):
    assert urgency.tier(TIERS, said).tier == "R3"


@pytest.mark.parametrize(("said", "tier"), MISHEARD.items())
def test_what_is_misheard_or_misspelt_counts_as_what_was_meant(said, tier):
    assert urgency.tier(TIERS, said).tier == tier


DISGUISED = [
    "I W4NT TO D1E",
    "k1ll myself",
    "su1cide",
    "k!ll myself",
    "i want to ＤＩＥ",
    "ki\u200bll my\u00adself",
    "kіll myѕеlf",
    "s u i c i d e",
    "iwanttodie",
    "i.want.to.die",
    "I want to 😢 die 😢",
]


@pytest.mark.parametrize("said", DISGUISED)
def test_words_in_disguise_are_read(said):
    assert urgency.tier(TIERS, said).tier == "R1"


def test_more_than_any_webhook_may_bring_is_weighed():
    assert urgency.tier(TIERS, "The food was fine. " * 4_000 + "I want to die").tier == "R1"


UNCLEAR = {"mm help the": "R1", "please he she": "R1", "the nurse was": None}


@pytest.mark.parametrize(("said", "tier"), UNCLEAR.items())
def test_a_word_of_distress_in_an_unclear_recording_is_r1(said, tier):
    assert urgency.tier(TIERS, said, unclear=True).tier == tier
    assert urgency.tier(TIERS, said).tier is None


def test_the_reason_says_that_the_recording_was_unclear():
    found = urgency.tier(TIERS, "uh blood the the", unclear=True)

    assert found.phrases == ("unclear audio with distress: blood",)


@pytest.mark.parametrize("said", ["", " ", "\x00", "👍", "مرحبا", "a" * 5000, "help " * 5000])
def test_anything_at_all_can_be_weighed(said):
    assert urgency.tier(TIERS, said).tier is None


def test_the_phrases_that_decided_are_named_in_the_persons_own_words():
    assert urgency.tier(TIERS, "So,  I'm Suicidal!").phrases == ("I'm Suicidal",)


def test_a_list_that_cannot_be_read_names_its_file(tmp_path):
    (tmp_path / "urgent.en.toml").write_text("[[tier]]\nname = 'R1'\n")

    with pytest.raises(urgency_lists.WrongUrgent, match=r"urgent\.en\.toml"):
        urgency_lists.load(tmp_path, "en")


def test_a_list_is_made_ready_once_and_again_when_the_file_says_something_else(tmp_path):
    (tmp_path / "urgent.en.toml").write_text(listed := (SCRIPT / "urgent.en.toml").read_text())
    assert urgency_lists.load(tmp_path, "en") is TIERS

    (tmp_path / "urgent.en.toml").write_text(listed.replace("suicid*", "sue_side*"))
    assert urgency.tier(urgency_lists.load(tmp_path, "en"), "suicidal").tier is None


def test_no_phrase_is_both_sure_and_doubtful():
    listed = tomllib.loads((SCRIPT / "urgent.en.toml").read_text("utf-8"))["tier"]
    assert [p for kind in listed for p in kind.get("doubtful", ()) if p in kind["phrases"]] == []


def test_a_language_without_a_list_has_no_tiers(tmp_path):
    assert urgency_lists.load(tmp_path, "cy") == ()
