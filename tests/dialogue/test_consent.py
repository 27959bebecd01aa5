"""Whether we may text or ring, on rows: a no is never turned into a yes, nor a yes into a no."""

import pytest

from dialogue import text_intake
from store.arrival_rows import Caller
from store.models import Feedback, Kind, Text
from tests.dialogue.doorstep import NUMBER
from tests.handlers.replied import kind

ASKED = ("Nurse was rude", "2 4 1")
AGREED = (*ASKED, "1")
NEED = ("ADVICE", "My dad needs a stairlift and nobody will help us")
WORRIED = "I would prefer not to be contacted because I am still a patient there and worried"
EVENINGS = "Yes you can text me, but please only in the evening after six because I work"
NOBODY = "No one ever came to ask us how it was, in all the weeks that we were there with her"


@pytest.fixture(autouse=True)
def noise(door):
    """Somebody else, who agreed to be texted."""
    for sid, body in (("SM99", "Noise"), ("SM98", "2 4 1 1")):
        fields = {"MessageSid": sid, "From": "+447700900999", "To": NUMBER, "Body": body}
        door.come("text", sid, "", text_intake.take, **fields)


@pytest.fixture
def told(say):
    def texts(*bodies):
        return [say(body) for body in bodies][-1]

    return texts


def item(door):
    return door.rows(Feedback)[1]


def bodies(door):
    return door.bodies(item(door))


@pytest.mark.parametrize(
    "no", ["Id rather not", "Nope", "No need, just wanted you to know", "not sure", "nah", WORRIED]
)
def test_a_no_in_any_words_stays_one_whatever_comes_behind_it(door, told, say, no):
    assert kind(told(*ASKED, no)) == "may not"

    for later in ("ok", "ok thanks", "Yes"):
        assert kind(say(later, hours=5)) != "may"
    assert item(door).contact is False
    assert no in bodies(door)
    assert len(door.rows(Feedback)) == 2


@pytest.mark.parametrize(
    "yes",
    [
        "yes of course",
        "Please do",
        "Yes please do",
        "Yes please text me",
        "yep",
        "sure",
        "Yes pls",
        "ok",
        EVENINGS,
    ],
)
def test_a_yes_in_so_many_words_is_one(door, told, yes):
    assert kind(told(*ASKED, yes)) == "may"
    assert item(door).contact is True
    assert yes in bodies(door)
    assert len(door.rows(Feedback)) == 2


def test_beside_other_words_it_is_asked_once_more_and_then_closed(door, told, say):
    assert kind(told(*ASKED, "It was on ward 4")) == "contact"
    assert kind(say("and she shouted")) == "added"
    assert kind(say("1")) == "added"
    assert item(door).contact is None


HITS = "My husband hits me"


@pytest.mark.parametrize("before", [(*ASKED, "No he will kill me"), (*ASKED, "No, I want to die")])
def test_a_cry_behind_a_no_is_heard(door, told, before):
    assert "You matter" in told(*before)
    assert item(door).tier == "R1"


def test_a_cry_of_ones_own_behind_not_safe_is_answered(door, told):
    assert "You matter" in told(HITS, "No, I want to die")
    assert (item(door).tier, item(door).safe) == ("R1", False)


def test_who_says_that_he_would_kill_them_is_not_texted_for_him_to_read(door, told):
    """The rota hears of it; 999 is named, and that somebody reads what they send."""
    assert "In danger, call 999" in told(HITS, "No he will kill me")
    assert (item(door).tier, item(door).safe) == ("R1", False)


def test_once_closed_only_you_may_text_me_is_a_yes(door, told, say):
    told(*ASKED, "It was on ward 4", "and she shouted")

    assert kind(say("Yes you can text me")) == "may"
    assert item(door).contact is True


def test_an_ok_to_another_text_of_ours_is_no_yes(door, told, say):
    told(*ASKED, "PRIVACY")

    assert kind(say("ok thanks")) == "contact"
    assert item(door).contact is None


def test_a_text_that_begins_with_yes_or_no_is_no_new_item(door, told):
    assert kind(told(*ASKED, NOBODY)) == "contact"
    assert NOBODY in bodies(door)


def test_a_question_that_was_asked_again_unheard_is_not_open(door, told, say):
    told(*ASKED)
    with door.database.writing() as session:
        session.get(Caller, item(door).caller_id).reachable = False
    say("It was on ward 4")
    with door.database.writing() as session:
        session.get(Caller, item(door).caller_id).reachable = True
    say("ok")

    assert item(door).contact is None


@pytest.mark.parametrize("no", ["No", "2"])
@pytest.mark.parametrize(
    "between", [["It was on ward 4"], ["PRIVACY"], ["It was on ward 4", "Bye"]]
)
def test_a_bare_no_to_nothing_of_contact_takes_no_yes_back(door, told, say, between, no):
    told(*AGREED, *between)

    assert kind(say(no)) == "added"
    assert item(door).contact is True
    assert door.rows(Text)[-1].kind is Kind.WORDS


SAW = ["My daughter saw this too", "My son has the texts to prove it", "we share a phone"]
SAW += ["Not when my son was on the ward, they were lovely before"]


@pytest.mark.parametrize("more", SAW)
def test_who_else_saw_it_takes_no_yes_back(door, told, say, more):
    told(*AGREED)

    assert kind(say(more)) == "added"
    assert item(door).contact is True


def test_a_no_right_behind_we_may_text_you_takes_it_back(door, told, say):
    told(*AGREED)

    assert kind(say("No")) == "may not"
    assert item(door).contact is False


@pytest.mark.parametrize("body", ["dont know", "not sure", "I'm not sure, thanks"])
@pytest.mark.parametrize(("before", "contact"), [(AGREED, True), (ASKED, False), (NEED, False)])
def test_whoever_is_not_sure_says_no_only_where_that_is_asked(door, told, before, contact, body):
    told(*before, body)
    assert item(door).contact is contact


def test_a_number_there_answers_nothing(door, told, say):
    told(*AGREED)

    assert kind(say("2")) == "added"
    assert item(door).contact is True


@pytest.mark.parametrize(
    ("body", "contact"),
    [
        ("No", False),
        ("No he listens", False),
        ("2", True),
        ("Ring me after 4 please, dont ring me at work", True),
        ("Any time after 2 but dont ring me before that", True),
        ("dont ring me at home, he listens", True),
        ("No not safe to ring, he listens", False),
    ],
)
def test_whether_ringing_is_safe_and_when_is_read_as_it_was_asked(door, told, body, contact):
    told(*NEED)

    assert kind(told(body)) == ("added" if contact else "may not")
    assert item(door).contact is contact
    assert body in bodies(door)


@pytest.mark.parametrize(
    "body", ["stop texting me", "Please stop", "STOP PLEASE", "leave me alone"]
)
@pytest.mark.parametrize("before", [["Nurse was rude"], ASKED, AGREED, NEED])
def test_who_wants_no_texts_gets_no_more_questions(door, told, before, body):
    assert kind(told(*before, body)) == "may not"
    assert item(door).contact is False
    assert len(door.rows(Feedback)) == 2


def test_please_stop_a_day_later_is_about_what_was_told(door, told, say):
    told(*AGREED)

    assert kind(say("please stop", hours=30)) == "may not"
    assert item(door).contact is False
    assert len(door.rows(Feedback)) == 2


@pytest.mark.parametrize(
    "body",
    ["Please dont text me again", "dont text me ever", "no more texts please", "leave me alone"],
)
def test_two_days_later_a_wish_for_no_texts_is_about_all_that_they_told(door, told, say, body):
    told(*AGREED, "NEW", "The dentist was kind", "4 1 1 1")

    assert kind(say(body, hours=50)) == "may not"
    assert [one.contact for one in door.rows(Feedback)] == [True, False, False]


def test_in_the_middle_of_a_survey_it_is_too(door, told):
    assert (
        kind(told(*AGREED, "NEW", "The dentist was kind", "Please dont text me ever")) == "may not"
    )
    assert [one.contact for one in door.rows(Feedback)] == [True, False, False]


@pytest.mark.parametrize("no", ["2", "No", "Id rather not"])
def test_a_no_to_the_question_is_about_that_item_alone(door, told, no):
    assert kind(told(*AGREED, "NEW", "The dentist was kind", "4 1 1", no)) == "may not"
    assert [one.contact for one in door.rows(Feedback)] == [True, True, False]


def test_a_wish_that_comes_with_more_to_tell_is_an_item_of_its_own_and_about_all(door, told, say):
    told(*AGREED)
    say("The food was cold. Dont text me, I am busy", hours=50)

    assert [one.contact for one in door.rows(Feedback)] == [True, False, False]


def test_advice_after_a_no_is_asked_for_without_a_yes(door, told):
    assert "may ring you" in told(*ASKED, "2", *NEED)
    assert [(one.purpose, one.contact) for one in door.rows(Feedback)[1:]] == [
        ("feedback", False),
        ("advice", None),
    ]


def test_behind_advice_a_bare_wish_to_be_left_alone_is_no_need(door, told):
    assert kind(told(*AGREED, "ADVICE", "please dont text me")) == "may not"
    assert [(one.purpose, one.contact) for one in door.rows(Feedback)[1:]] == [("feedback", False)]


def test_a_need_that_says_not_to_ring_is_not_rung(door, told):
    assert kind(told("ADVICE", "My dad needs a stairlift. Please dont ring me")) == "may not"
    assert (item(door).purpose, item(door).contact) == ("advice", False)


@pytest.mark.parametrize(
    ("need", "contact"),
    [
        ("My carers dont contact me and I have no food", True),
        ("My social worker said do not contact me again. What do I do", True),
        ("I have no food. Please dont contact me on this", False),
    ],
)
def test_only_a_refusal_that_is_for_us_keeps_us_from_ringing_who_needs_advice(
    door, told, need, contact
):
    told("ADVICE", need)
    assert (item(door).purpose, item(door).contact) == ("advice", contact)
