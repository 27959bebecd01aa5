"""What goes and what stays, one kind at a time; look-alikes; lists that are wrong."""

import shutil
import time

import pytest

from tests.redaction.labelled import RULES
from triage import redaction
from triage.redaction.shapes import checked

GOES = {
    "ring 07700 900123": "ring [phone number removed]",
    "ring +44 (0)7700 900123 now": "ring [phone number removed] now",
    "oh double seven double oh nine hundred one two three": "[phone number removed]",
    "NHS no 943 476 5919": "NHS no [NHS number removed]",
    "my postcode is b thirty one two a b": "my postcode is [postcode removed]",
    "at 14 Acacia Road, Dudley": "at [address removed], Dudley",
    "john dot smith at gmail dot com": "[email removed]",
    "born on the third of march nineteen fifty two": "born on the [birth date removed]",
    "she is 93 and alone": "she is 90 or over and alone",
    "q q one two three four five six c": "[National Insurance number removed]",
    "Dr Patel's surgery": "Dr [name removed]'s surgery",
    "my mum jean fell": "my mum [name removed] fell",
    "signed, Bill": "signed, [name removed]",
    "bed 4, Mrs Shah": "bed [room number removed], Mrs [name removed]",
    "i'm on 0７700 900１23": "i'm on [phone number removed]",
    "J\u200bean and Аisha": "[name removed] and [name removed]",
    "Agnieszka Wójcik-Nowak": "[name removed]",
    "keysafe is 4821, door code 1976": "keysafe is [number removed], door code [number removed]",
    "password is Bluebird77": "password is [number removed]",
    "my insta is kayleigh.xo.99": "my insta is [web address removed]",
    "jean dot smith @ gmail . com": "[email removed]",
    "iban GB29 NWBK 6016 1331 9268 19": "iban [bank number removed]",
    "ring O77OO 9OO461": "ring [phone number removed]",
    "she is 97yrs, he were 95": "she is 90 or over, he were 90 or over",
    "im at the hollies 4 church walk": "im at [address removed]",
    "Flat 17, Brindley Point, 22 Sheepcote Street": "[address removed]",
    "thanks Ifeoma that is i f e o m a": "thanks [name removed] that is [name removed]",
    "baker thats b a k e r": "[name removed] thats [name removed]",
    "it's k a u r": "it's [name removed]",
    "J. Small and the King family": "[name removed] and the [name removed] family",
    "the gate's c two eight five eight x": "the gate's [number removed]",
    "box by the door 3 3 1 9": "box by the door [number removed]",
    "press star six six nine to get in": "press [number removed] to get in",
    "username on the app is granny pat four": "username on the app is [web address removed]",
    "underscore big dave that's me": "[web address removed] that's me",
    "she was found at rose cottage": "she was found at [address removed]",
    "202b Kingsway": "[address removed]",
    "postcode LE4 7HR": "postcode [postcode removed]",
    "my nan 91 and jean 97": "my nan 90 or over and [name removed] 90 or over",
    "Jean 21/8/19": "[name removed] [birth date removed]",
    "Pauline Tranter 18 6 55": "[name removed] [birth date removed]",
    "my date of birth oh its the sixth of may fifty three": (
        "my date of birth oh its the [birth date removed]"
    ),
}
STAYS = [
    "Lapal Surgery, Dudley and Oak Dental, Chester",
    "in Preston nobody answers, so we went to the one near Lincoln",
    "call 999, 111 option 2, 116 123, 0800 1111 or text 85258; CQC 03000 616161",
    "nine nine nine and one one one",
    "nine hours, then twenty minutes, at 10.30 on 12/04/2024",
    "£120,000 and 500mg at 9.15, 9.30 and 9.45",
    "she is 89 on ward C21 at Russells Hall, St Mary's or Queen Elizabeth Hospital",
    "the bill will mark a hope in May, prices rose with grace",
    "the doctor may call; the nurse will not; sister on the ward",
    "B2B 9am, A4 3rd, b1 2nd floor",
    "the code of conduct of 2019, the key safe was open, my password does not work",
    "in the safe box since 1999, 20 minutes at the door of the cottage hospital",
    "two weeks on facebook two weeks ago; ward b1 7hr wait",
    "flat 12 months wait; GB rules; followed you on facebook 20 times",
    "they call me love and darling",
    "she is 90 or over, said [name removed] of [address removed]",
]


@pytest.mark.parametrize(("said", "left"), GOES.items())
def test_a_secret_is_replaced_by_what_it_was(said, left):
    assert redaction.redact(RULES, said) == left


@pytest.mark.parametrize("said", STAYS)
def test_what_shows_nobody_stays(said):
    assert redaction.redact(RULES, said) == said


def test_the_lines_own_help_lines_stay(tmp_path):
    shutil.copytree(redaction.OURS, tmp_path / "script")
    line = tmp_path / "script" / "line.toml"
    text = line.read_text("utf-8").replace(
        "[help_lines]\n", '[help_lines]\ncouncil = { number = "0121 496 0000" }\n'
    )
    line.write_text(text, encoding="utf-8")
    rules = redaction.load(tmp_path / "script")
    said = "ring 0121 496 0000 or 0121 496 0001"
    assert redaction.redact(rules, said) == "ring 0121 496 0000 or [phone number removed]"


def test_a_folder_without_the_list_gets_ours(tmp_path):
    assert redaction.redact(redaction.load(tmp_path), "Dr Patel") == "Dr [name removed]"


def test_a_list_that_is_wrong_is_named(tmp_path):
    (tmp_path / "redact.en.toml").write_text("[names]\ngiven = 3\n")
    with pytest.raises(redaction.WrongRedaction, match=r"redact\.en\.toml"):
        redaction.load(tmp_path)


@pytest.mark.parametrize(("digits", "passes"), [("9434765919", True), ("9991234567", False)])
def test_the_check_of_an_nhs_number_is_modulo_11(digits, passes):
    assert checked(digits) is passes


def test_a_hundred_kilobytes_are_redacted_within_seconds():
    said = "my name is jean smith and i waited nine hours at russells hall. " * 2000
    started = time.process_time()
    assert "jean" not in redaction.redact(RULES, said)
    assert time.process_time() - started < 5


def test_a_list_from_before_words_in_another_language_says_what_it_lacks(tmp_path):
    ours = (redaction.OURS / "redact.en.toml").read_text("utf-8")
    lines = [line for line in ours.splitlines() if not line.startswith("language = ")]
    (tmp_path / "redact.en.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(redaction.WrongRedaction, match="language is missing"):
        redaction.load(tmp_path)
