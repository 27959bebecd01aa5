"""One table: which role may open which page. What is not in it is open to nobody."""

from store.staff import Role

EVERYBODY = frozenset(Role)
LOOKS = EVERYBODY - {Role.ADMIN}
WORKS = LOOKS - {Role.READER}
LEADS = frozenset({Role.LEAD, Role.DEPUTY})
ADMINS = frozenset({Role.ADMIN})
LOOKS_AFTER = frozenset({Role.LEAD, Role.DEPUTY, Role.ADMIN})
MAY = {
    "desk.board": LOOKS,
    "desk.live": LOOKS,
    "desk.find": LOOKS,
    "desk.keep": LOOKS,
    "desk.drop": LOOKS,
    "desk.take": WORKS,
    "desk.here": WORKS,
    "desk.take_over": WORKS,
    "desk.leave": WORKS,
    "desk.item": LOOKS,
    "desk.note": WORKS,
    "desk.move": WORKS,
    "desk.tier": WORKS,
    "desk.record": WORKS,
    "desk.sample": WORKS,
    "desk.rightly_none": WORKS,
    "desk.monday": LEADS,
    "desk.going": LEADS,
    "desk.hold": LEADS,
    "desk.lift": LEADS,
    "desk.stay": LEADS,
    "desk.erase": LEADS,
    "desk.take_back": LEADS,
    "desk.subject": LEADS,
    "desk.subject_file": LEADS,
    "desk.figures": LOOKS,
    "desk.figures_csv": LOOKS,
    "desk.providers": LOOKS,
    "desk.audio": WORKS,
    "desk.again": WORKS,
    "desk.correct": WORKS,
    "desk.code": WORKS,
    "desk.seconds": WORKS,
    "desk.second": WORKS,
    "desk.settle": WORKS,
    "desk.quarantine": LOOKS_AFTER,
    "desk.reply": WORKS,
    "desk.colleagues": WORKS,
    "desk.assign": WORKS,
    "desk.wait": WORKS,
    "desk.outcome": WORKS,
    "desk.join": WORKS,
    "desk.copy": WORKS,
    "desk.pass_on": WORKS,
    "desk.copied": WORKS,
    "desk.thanks": WORKS,
    "desk.pass_praise_on": WORKS,
    "desk.together": WORKS,
    "desk.undo": WORKS,
    "desk.ring_back": WORKS,
    "desk.ring": WORKS,
    "desk.number": WORKS,
    "desk.called": WORKS,
    "desk.looked": LEADS,
    "desk.people": ADMINS,
    "desk.add_person": ADMINS,
    "desk.change_role": ADMINS,
    "desk.remove_person": ADMINS,
    "desk.reset_password": ADMINS,
    "desk.reset_factor": ADMINS,
    "desk.sessions": EVERYBODY,
    "desk.end_session": EVERYBODY,
    "desk.end_sessions": EVERYBODY,
    "desk.factor_page": EVERYBODY,
    "desk.factor_made": EVERYBODY,
    "desk.factor_codes": EVERYBODY,
    "desk.factor_removed": EVERYBODY,
    "desk.sure": EVERYBODY,
    "desk.password": EVERYBODY,
    "desk.sign_out": EVERYBODY,
}

# The password is asked for again when it was not typed in the last ten minutes. Not for a table of
# the figures as CSV: it holds what its page shows, with the same numbers hidden, and is kept in
# Who looked.
AGAIN = frozenset(
    {
        "desk.number",
        "desk.subject_file",
        "desk.looked",
        "desk.add_person",
        "desk.change_role",
        "desk.remove_person",
        "desk.reset_password",
        "desk.reset_factor",
        "desk.factor_page",
        "desk.factor_made",
        "desk.factor_codes",
        "desk.factor_removed",
    }
)
# What open pages ask by themselves: it keeps nobody signed in who went home.
POLLS = frozenset({"desk.live", "desk.here"})
