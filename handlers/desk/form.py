"""What stood in the form that was sent."""

from flask import request

FILLED_IN = [
    "csrf_token",
    "key",
    "seen",
    "made",
    "query",
    "next",
    "secret",
    "phrase",
    "group",
    "then",
    "need",
]
SECRET = ["password", "password_again", "now", "chosen", "again", "code"]


def written() -> list[str]:
    """What somebody wrote in it: not what the page filled in, a choice, a date, or a password.

    Told by its look and not by a list of names: a new field would be left out of one, and its
    writer would lose their words. Whatever has a space in it, or is long, is worth giving back.
    """
    return [
        value
        for name, value in request.form.items(multi=True)
        if name not in (*FILLED_IN, *SECRET) and not name.endswith("_seen")
        if " " in value.strip() or len(value) > 20
    ]
