"""Which passwords will do, and for how long one that was made up for somebody is good."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from store.staff import Staff
from tests.access.conftest import later
from tests.desk.conftest import Seat
from triage import passwords

KNOWN = ["Sam Okoro", "Because We All Care", "Healthwatch"]


@pytest.mark.parametrize(
    "chosen",
    [
        "password1234",
        "Password123!",
        "qwertyuiop12",
        "letmeinletmein",
        "123456789012",
        "aaaaaaaaaaaaaaaaaaaa",
        "iloveyouiloveyou",
        "healthwatch1",
        "Healthwatch2026",
        "samokoro1234",
        "football2026",
    ],
)
def test_a_password_that_many_would_guess_is_refused(chosen):
    assert "Many people would guess" in (passwords.refusal(chosen, KNOWN) or "")


@pytest.mark.parametrize(
    "chosen",
    ["three wet otters", "kelp lamp plum sofa", "moss harp kite", "ẅhät ä möñtäge", "x9!kQ2vv#pLz"],
)
def test_a_password_needs_no_digits_or_signs(chosen):
    assert passwords.refusal(chosen, KNOWN) is None


@pytest.mark.parametrize(("length", "words"), [(11, "at least 12"), (201, "at most 200")])
def test_length_is_told(length, words):
    assert words in (passwords.refusal(("moss harp kite plum " * 20)[:length], KNOWN) or "")


def test_the_longest_password_is_weighed_in_no_time():
    assert passwords.refusal("moss harp kite plum " * 10, KNOWN) is None


def test_a_one_time_password_is_good_for_a_week(desk, run_staff):
    once = run_staff("add", "Asha", "--role", "triager").rsplit(": ", 1)[1].strip()
    later(desk, timedelta(days=6), Staff.one_time_until)
    assert Seat(desk.line).sign_in("Asha", once).status_code == 302
    later(desk, timedelta(days=2), Staff.one_time_until)
    assert Seat(desk.line).sign_in("Asha", once).status_code == 401


def test_a_name_that_nobody_has_is_checked_for_as_long_as_a_colleagues_and_never_fits():
    nobody = passwords.nobody()
    how = slice(0, nobody.index("$", len("$argon2id$v=19$")))
    assert nobody[how] == passwords.hash("kelp lamp plum sofa")[how]
    assert len(nobody) == len(passwords.hash("kelp lamp plum sofa"))
    with pytest.raises(VerifyMismatchError):  # whole enough to be worked through
        PasswordHasher().verify(nobody, "kelp lamp plum sofa")
