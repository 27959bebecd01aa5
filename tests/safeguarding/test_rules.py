"""Who may set which tier, contact a person, and write in the record; how flags are counted."""

from datetime import timedelta

import pytest

from store import known
from store.arrival_rows import Channel
from store.safeguarding_rows import Decision
from store.staff import Role
from tests.safeguarding.conftest import item, london
from triage import moves, safeguarding, tiers
from triage.tiers import Rate

LEADS = (Role.LEAD, Role.DEPUTY)
NOW = london("2026-11-23 12:00")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("before", ["R1", "R2"])
@pytest.mark.parametrize("after", ["R2", "R3", "R4", "none"])
def test_only_lead_and_deputy_lower_an_r1_or_r2(role, before, after):
    if before == after:
        return
    if role in LEADS:
        assert tiers.check(before, before, after, "a song", role) == (
            None if after == "none" else after
        )
        return
    with pytest.raises(moves.Refused):
        tiers.check(before, before, after, "a song", role)


@pytest.mark.parametrize("role", [Role.TRIAGER, *LEADS])
@pytest.mark.parametrize("before", [None, "R1", "R2", "R3", "R4"])
def test_everybody_who_works_on_feedback_confirms_and_raises_without_a_reason(role, before):
    assert tiers.check(before, before or "none", "R1", "", role) == "R1"


@pytest.mark.parametrize("role", [Role.READER, Role.ADMIN])
def test_nobody_else_judges_a_tier(role):
    assert tiers.choices("R3", role) == ()
    with pytest.raises(moves.Refused):
        tiers.check("R3", "R3", "R1", "", role)


def test_lowering_needs_a_reason():
    with pytest.raises(moves.Refused, match="Write why"):
        tiers.check("R3", "R3", "none", "", Role.TRIAGER)
    assert tiers.check("R3", "R3", "none", "a film", Role.TRIAGER) is None


def test_a_tier_that_changed_meanwhile_is_not_changed_again():
    with pytest.raises(moves.Stale):
        tiers.check("R1", "R3", "none", "a film", Role.LEAD)


@pytest.mark.parametrize("after", ["", "R9", "None"])
def test_a_tier_that_there_is_not_is_refused(after):
    with pytest.raises(moves.Refused):
        tiers.check(None, "none", after, "x", Role.LEAD)


def test_nothing_cannot_be_confirmed_as_nothing():
    with pytest.raises(moves.Refused, match="already"):
        tiers.check(None, "none", "none", "x", Role.LEAD)


@pytest.mark.parametrize(
    ("now", "last", "machine"),
    [
        ("R1", None, "R1"),
        (None, None, None),
        ("R3", ("R3", "R1"), "R1"),
        ("R1", ("R3", "R2"), "R1"),
        (None, (None, "R2"), "R2"),
    ],
    ids=["never judged", "never flagged", "as people left it", "flagged again", "lowered to none"],
)
def test_what_the_program_said_is_known_after_people_changed_it(now, last, machine):
    assert tiers.said_by_machine(item(tier=now), last) == machine


def test_flags_are_counted_by_what_people_made_of_them():
    found = tiers.rates(
        [("R1", "R1", 8), ("R1", "R3", 1), ("R1", None, 1), ("R3", "R1", 1), (None, "R1", 1),
         (None, "R3", 4), ("R3", "R3", 2)]
    )  # fmt: skip
    assert found["R1"] == Rate(flagged=10, confirmed=8, lowered=2, people=10, missed=2)
    assert found["R3"] == Rate(flagged=3, confirmed=2, lowered=0, people=7, missed=4)
    assert found["R2"] == Rate()


# --- contact


@pytest.mark.parametrize("safe", [None, False])
@pytest.mark.parametrize("facts", [{"tier": "R1"}, {"tier": "R2"}, {"signals": ["child"]}])
def test_without_a_safe_answer_only_a_lead_makes_contact_and_writes_why(safe, facts):
    asked = item(safe=safe, contact=True, **facts)
    with pytest.raises(moves.Refused, match="Only the safeguarding lead or deputy"):
        safeguarding.may_contact(asked, Role.TRIAGER, "they asked for it")
    for role in LEADS:
        with pytest.raises(moves.Refused, match="Write why"):
            safeguarding.may_contact(asked, role, " ")
        safeguarding.may_contact(asked, role, "the police asked us to")


def test_a_safe_answer_lets_everybody_who_works_on_it_make_contact():
    safeguarding.may_contact(item(tier="R1", safe=True), Role.TRIAGER, "")


@pytest.mark.parametrize("role", [Role.READER, Role.ADMIN])
def test_a_reader_contacts_nobody(role):
    with pytest.raises(moves.Refused):
        safeguarding.may_contact(item(safe=True), role, "because")


@pytest.mark.parametrize(
    ("facts", "agreed"),
    [
        ({"contact": True}, True),
        ({"contact": False}, False),
        ({}, False),
        ({"purpose": "advice"}, True),
        ({"purpose": "advice", "contact": False}, False),
        ({"contact": True, "safe": False}, False),
        ({"contact": True, "channel": Channel.VOICE, "tier": "R1"}, False),
    ],
)
def test_contact_is_agreed_only_by_an_answer(facts, agreed):
    assert safeguarding.agreed(item(**facts)) is agreed


def test_contact_reads_in_words():
    assert safeguarding.contact_words(item(tier="R2")) == (
        "Safe to text: not answered. Only the safeguarding lead may make contact, "
        "with a written reason."
    )
    assert safeguarding.contact_words(item(tier="R2", safe=True)) == "Safe to text: yes."
    assert safeguarding.contact_words(item(contact=True)) == "Contact: yes."


@pytest.mark.parametrize("facts", [{"tier": "R2"}, {"purpose": "advice"}])
@pytest.mark.parametrize(
    ("contact", "answer"), [(True, "yes"), (False, "no"), (None, "not answered")]
)
def test_of_a_call_the_lead_reads_what_the_caller_was_asked(facts, contact, answer):
    called = item(channel=Channel.VOICE, contact=contact, **facts)
    assert safeguarding.contact_words(called).startswith(
        f"Ringing this number, and is it safe: {answer}."
    )


def test_of_a_call_from_a_phone_that_texted_that_it_is_not_safe_the_lead_reads_that():
    called = item(channel=Channel.VOICE, contact=True, safe=False, tier="R2")
    assert safeguarding.contact_words(called).startswith("Safe to text: no.")


# --- the record


def line(**given: object) -> safeguarding.Given:
    full = {"decision": "told_council", "told": "Dudley", "done_at": NOW, "words": "They ring."}
    return safeguarding.Given(**{**full, **given})


@pytest.mark.parametrize("decision", Decision)
def test_a_triager_writes_down_whom_they_told_and_the_lead_writes_the_rest(decision):
    asked, given = item(tier="R2", safe=True), line(decision=decision.value)
    told = decision in (Decision.POLICE, Decision.COUNCIL, Decision.CHILDREN)
    for role in LEADS:
        assert safeguarding.check(asked, given, role, NOW) is decision
    if told:
        assert safeguarding.check(asked, given, Role.TRIAGER, NOW) is decision
    else:
        with pytest.raises(moves.Wrong, match="lead or deputy"):
            safeguarding.check(asked, given, Role.TRIAGER, NOW)


def test_what_a_colleague_in_the_service_told_us_is_passed_on_by_the_lead_but_danger_never_waits():
    asked = item(tier="R2", signals=["staff"])
    assert safeguarding.choices(asked, Role.TRIAGER) == (Decision.POLICE,)
    assert Decision.REGULATOR in safeguarding.choices(asked, Role.DEPUTY)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decision": ""}, "decision"),
        ({"decision": "told_nobody"}, "decision"),
        ({"told": ""}, "told"),
        ({"decision": "no_action", "words": ""}, "words"),
        ({"done_at": None}, "done_at"),
        ({"done_at": NOW + timedelta(hours=1)}, "done_at"),
        ({"done_at": london("2026-11-22 23:59")}, "done_at"),
        ({"told": "x" * 201}, "told"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_a_line_that_will_not_do_names_its_field(given, field):
    with pytest.raises(moves.Wrong) as why:
        safeguarding.check(item(tier="R1"), line(**given), Role.LEAD, NOW)
    assert why.value.field == field


def test_what_was_done_on_the_day_on_which_it_came_may_stand_in_the_record():
    """A colleague rings the council while the caller still speaks, and the clocks differ."""
    early = line(done_at=london("2026-11-23 00:00"))
    assert safeguarding.check(item(tier="R2"), early, Role.LEAD, NOW) is Decision.COUNCIL


def test_an_item_that_is_not_urgent_has_no_record():
    with pytest.raises(moves.Wrong, match="Raise its urgency first"):
        safeguarding.check(item(tier="R3"), line(), Role.LEAD, NOW)
    assert safeguarding.recorded(item(signals=["child"]))


def test_an_r1_or_r2_is_not_finished_before_something_is_decided():
    with pytest.raises(moves.Refused, match="safeguarding record"):
        moves.check(item(tier="R2"), "new", "finished", "done", Role.LEAD)
    decided = item(tier="R2", decided_at=NOW)
    assert moves.check(decided, "new", "finished", "done", Role.LEAD) == "finished"


def test_a_decision_before_the_latest_words_of_danger_does_not_count():
    asked = item(tier="R1", decided_at=NOW, tier_at=NOW + timedelta(minutes=1))
    assert not known.decided(asked)
    assert known.decided(item(tier="R1", decided_at=NOW))
