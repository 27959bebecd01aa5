"""Which moves are allowed, and passwords: rules that know no web."""

import pytest

from store.models import Feedback, Status
from store.staff import Role
from triage import moves, passwords

NEW, DOING, WAITING, DONE = Status

ALLOWED = {
    (NEW, DOING), (NEW, WAITING), (NEW, DONE),
    (DOING, WAITING), (DOING, DONE), (DOING, NEW),
    (WAITING, DOING), (WAITING, DONE),
    (DONE, DOING),
}  # fmt: skip


@pytest.mark.parametrize("now", Status)
@pytest.mark.parametrize("after", Status)
def test_each_move_is_allowed_or_refused(now, after):
    allowed = (now, after) in ALLOWED
    assert (after in moves.choices(now, None, Role.TRIAGER)) is allowed
    if not allowed:
        with pytest.raises(moves.Refused):
            moves.check(Feedback(status=now), now, after, "why", Role.TRIAGER)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("tier", ["R1", "R2", "R3", None])
def test_only_lead_or_deputy_finish_what_cannot_wait(role, tier):
    may = role in (Role.LEAD, Role.DEPUTY) or (role is Role.TRIAGER and tier in ("R3", None))
    assert (DONE in moves.choices(DOING, tier, role)) is may


@pytest.mark.parametrize("role", [Role.READER, Role.ADMIN])
def test_readers_and_admins_move_nothing(role):
    with pytest.raises(moves.Refused):
        moves.check(Feedback(status=NEW), "new", "waiting", "", role)


@pytest.mark.parametrize(
    ("now", "after", "needed"),
    [(NEW, DONE, True), (DOING, NEW, True), (DONE, DOING, True), (NEW, DOING, False),
     (WAITING, DOING, False), (DOING, WAITING, False)],
)  # fmt: skip
def test_a_reason_is_needed_to_finish_and_to_go_back(now, after, needed):
    assert moves.needs_reason(now, after) is needed


def test_a_status_that_moved_meanwhile_is_stale():
    with pytest.raises(moves.Stale):
        moves.check(Feedback(status=WAITING), "new", "finished", "why", Role.LEAD)


def test_a_reason_that_is_too_long_is_refused_not_cut():
    with pytest.raises(moves.Refused, match="500 characters"):
        moves.check(Feedback(status=NEW), "new", "finished", "a" * 501, Role.LEAD)


def test_a_password_fits_only_its_own_hash():
    stored = passwords.hash("three wet otters")
    assert passwords.right(stored, "three wet otters")
    assert not passwords.right(stored, "three wet otter")
    assert not passwords.right("not a hash", "three wet otters")


def test_one_time_passwords_are_readable_and_all_different():
    made = {passwords.one_time() for _ in range(200)}
    assert len(made) == 200
    assert all(len(p.split("-")) == 4 and len(p) >= passwords.SHORTEST for p in made)
    assert len(passwords.WORDS) ** 2 * len(passwords.SIGNS) ** 10 > 2**60
    assert len(set(passwords.WORDS)) == len(passwords.WORDS)
