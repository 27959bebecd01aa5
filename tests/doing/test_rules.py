"""The rules of doing, without rows: who may be answered, what may leave, what repeats."""

from datetime import timedelta

import pytest

from store.arrival_rows import Caller, Channel
from store.models import Feedback, Status
from store.staff import Role
from tests.desk.conftest import NOW
from triage import bulk, moves, outcomes, passing, praise, repeats, replies
from triage.moves import Refused

LINE = "Because We All Care"


def item(**facts: object) -> Feedback:
    known = {"tier": None, "signals": [], "status": Status.NEW, "purpose": "feedback"}
    return Feedback(received_at=NOW, recordings=[], **{**known, "contact": True, **facts})


def phone(**facts: object) -> Caller:
    return Caller(**{"reachable": True, "opted_out": False, **facts})


def refused(
    it: Feedback,
    who: Caller | None,
    role: Role = Role.TRIAGER,
    body: str = f"{LINE}: hello",
    reason: str = "",
    segments: int = 1,
) -> str | None:
    """The field that is wrong with a reply; None when it may go."""
    try:
        replies.check(it, who, role, reason=reason, body=body, segments=segments, line=LINE)
    except moves.Wrong as why:
        return why.field
    return None


@pytest.mark.parametrize("facts", [{"contact": True}, {"contact": None, "purpose": "advice"}])
def test_whoever_agreed_or_asked_for_advice_may_be_answered(facts):
    assert refused(item(**facts), phone()) is None


@pytest.mark.parametrize(
    ("facts", "who"),
    [
        ({}, None),
        ({}, {"opted_out": True}),
        ({}, {"reachable": False}),
        ({"contact": False}, {}),
        ({"contact": None}, {}),
        ({"contact": False, "purpose": "advice"}, {}),
        ({"tier": "R2"}, {}),
        ({"tier": "R1", "safe": False}, {}),
        ({"safe": False}, {}),
        ({"signals": ["child"]}, {}),
        ({"channel": Channel.VOICE}, {}),
        ({"channel": Channel.VOICE, "contact": None, "purpose": "advice"}, {}),
    ],
)
def test_nobody_else_is_texted_by_a_triager(facts, who):
    caller = None if who is None else phone(**who)
    assert refused(item(**facts), caller, reason="I want to") == "reply"
    assert replies.barred(item(**facts), caller, Role.TRIAGER)


def test_a_lead_needs_a_written_reason_where_nobody_said_that_it_is_safe():
    grave = item(tier="R2", safe=None)
    assert refused(grave, phone(), Role.LEAD) == "reply_reason"
    assert refused(grave, phone(), Role.DEPUTY, reason="Her sister says so") is None
    assert refused(grave, phone(opted_out=True), Role.LEAD, reason="All the same") == "reply"


def test_a_caller_who_texted_that_their_phone_is_safe_may_be_texted():
    assert refused(item(channel=Channel.VOICE, safe=True), phone()) is None


def test_of_a_caller_who_may_be_rung_the_desk_reads_that_nobody_asked_about_texts():
    called = item(channel=Channel.VOICE)
    assert "ring instead" in (replies.barred(called, phone(), Role.TRIAGER) or "")
    assert refused(called, phone(), Role.LEAD) == "reply_reason"
    assert refused(called, phone(), Role.LEAD, reason="They cannot hear") is None


def test_a_reader_answers_nobody():
    assert refused(item(), phone(), Role.READER, reason="x") == "reply"


@pytest.mark.parametrize(
    ("body", "segments"), [("", 1), ("Hello, we got it", 1), (f"{LINE} {'x' * 500}", 4)]
)
def test_a_reply_says_something_names_the_line_and_is_short(body, segments):
    assert refused(item(), phone(), body=body, segments=segments) == "reply"


@pytest.mark.parametrize(
    "facts",
    [{"tier": "R1"}, {"tier": "R2"}, {"about": "staff"}, {"signals": ["staff"]},
     {"signals": ["child"]}],
)  # fmt: skip
def test_what_could_harm_somebody_is_passed_on_by_the_lead_alone(facts):
    assert passing.barred(item(**facts), Role.TRIAGER) == passing.ONLY_LEAD
    assert passing.barred(item(**facts), Role.LEAD) is None
    assert passing.barred(item(tier="R3"), Role.TRIAGER) is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"to": ""}, "to"), ({"way": "pigeon"}, "way"), ({"clean": False}, "clean"),
     ({"words": ""}, "copy"), ({"words": "x" * 5001}, "copy"),
     ({"at": NOW + timedelta(hours=1)}, "done_at"), ({"at": None}, "done_at")],
)  # fmt: skip
def test_a_copy_says_to_whom_how_when_what_and_that_it_is_clean(changed, field):
    given = {"to": "PALS", "way": "email", "at": NOW, "words": "Kind", "clean": True, **changed}
    with pytest.raises(moves.Wrong) as why:
        passing.check(item(), Role.TRIAGER, now=NOW, **given)
    assert why.value.field == field


def test_praise_is_sorted_by_place_and_what_names_none_comes_last():
    some = [
        item(service="hospital", place=None),
        item(service="gp", place="Lapal House"),
        item(service="hospital", place="Russells Hall"),
        item(service="hospital", place=" russells  hall "),
    ]
    found = [(group.service, group.place, len(group.items)) for group in praise.grouped(some)]
    assert found == [("hospital", "Russells Hall", 2), ("gp", "Lapal House", 1),
                     ("hospital", None, 1)]  # fmt: skip


def test_praise_goes_by_the_provider_that_was_chosen_before_what_the_caller_typed():
    ours, theirs = "Lapal Surgery, Dudley (1-102)", "Lapal Surgery, Dudley (1-109)"
    some = [
        item(service="gp", place="the one in lapal", provider=ours),
        item(service="gp", place=None, provider=ours),
        item(service="gp", place=None, provider=theirs),
        item(service="gp", place="lapal"),
    ]
    found = [(group.place, len(group.items)) for group in praise.grouped(some)]
    assert found == [("Lapal Surgery, Dudley", 2), ("Lapal Surgery, Dudley", 1), ("lapal", 1)]


@pytest.mark.parametrize("facts", [{"tier": "R4"}, {"purpose": "advice"}, {"signals": ["death"]},
                                   {"status": Status.WAITING}])  # fmt: skip
def test_praise_that_needs_something_else_is_not_finished(facts):
    assert passing.done(item())
    assert not passing.done(item(**facts))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([4, 3, 1, 1, 1, 1, 1], "7 of 12 about this place in 90 days came from 2 phones."),
        ([3], "3 of 3 about this place in 90 days came from 1 phone."),
        ([2], None),
        ([1] * 12, None),
        ([], None),
    ],
)
def test_repeats_are_pointed_out_from_three_reports_on(counts, said):
    assert repeats.said(counts) == said


def test_a_life_is_never_finished_in_bulk_not_even_by_a_lead():
    with pytest.raises(Refused, match="one by one"):
        bulk.check(item(tier="R1"), "finished", "Lea", NOW)
    bulk.check(item(tier="R1"), "mine", "Lea", NOW)


def test_what_a_colleague_has_open_is_left_out_until_their_claim_runs_out():
    held = item(held_by="Kim", held_until=NOW + timedelta(minutes=1))
    with pytest.raises(Refused, match="Kim has it open"):
        bulk.check(held, "mine", "Sam", NOW)
    bulk.check(held, "mine", "Kim", NOW)
    bulk.check(held, "mine", "Sam", NOW + timedelta(minutes=2))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("nonsense", "", "", None), "outcome"),
        (("changed", "", "made", NOW.date()), "did"),
        (("changed", "A new bell", "", NOW.date()), "stage"),
        (("changed", "A new bell", "planned", None), "did_on"),
        (("noted", "x" * 1001, "", None), "did"),
    ],
)
def test_a_change_is_told_with_its_words_its_day_and_how_far_it_is(given, field):
    with pytest.raises(moves.Wrong) as why:
        outcomes.check(outcomes.Given(*given), NOW.date())
    assert why.value.field == field
    outcomes.check(outcomes.Given("complaint_signposted", "", "", None), NOW.date())


def test_a_change_of_a_day_to_come_is_planned_and_not_made():
    tomorrow = NOW.date() + timedelta(days=1)
    with pytest.raises(moves.Wrong, match="still to come") as why:
        outcomes.check(outcomes.Given("changed", "A new bell", "made", tomorrow), NOW.date())
    assert why.value.field == "did_on"
    outcomes.check(outcomes.Given("changed", "A new bell", "planned", tomorrow), NOW.date())
    outcomes.check(outcomes.Given("changed", "A new bell", "made", NOW.date()), NOW.date())


def test_a_caller_who_said_yes_is_rung_and_nobody_else_who_left_feedback():
    called = {"channel": Channel.VOICE, "assigned_to": "Sam"}
    outcomes.may_ring(item(**called), "Sam", NOW)
    for facts in ({"contact": False}, {"contact": None}, {"channel": Channel.TEXT}):
        with pytest.raises(Refused, match="only where"):
            outcomes.may_ring(item(**{**called, **facts}), "Sam", NOW)


def test_only_whoever_holds_an_advice_or_urgent_item_rings():
    asked = {"purpose": "advice"}
    outcomes.may_ring(item(**asked, assigned_to="Sam"), "Sam", NOW)
    later = NOW + timedelta(minutes=9)
    outcomes.may_ring(item(**asked, held_by="Sam", held_until=later), "Sam", NOW)
    open_elsewhere = item(**asked, assigned_to="Sam", held_by="Kim", held_until=later)
    outcomes.may_ring(open_elsewhere, "Sam", NOW)
    for facts in (
        asked,
        {"assigned_to": "Sam"},
        {**asked, "assigned_to": "Kim"},
        {**asked, "held_by": "Kim", "held_until": later},
        {**asked, "assigned_to": "Kim", "held_by": "Sam", "held_until": later},
        {**asked, "held_by": "Sam", "held_until": NOW},
        {**asked, "assigned_to": "Sam", "status": Status.FINISHED},
    ):
        with pytest.raises(Refused):
            outcomes.may_ring(item(**facts), "Sam", NOW)
