"""Twenty first, and what only sounds like it: twenty second waits, fifty first time mums."""

from collections.abc import Sequence

from speech.numerals import Written, ordinal

WHOSE = "the my his her our your their its monday tuesday wednesday thursday friday saturday sunday"
BEFORE_A_RANK = frozenset(WHOSE.split())
LASTING_SECONDS = "wait waits delay delays rule call calls check checks gap gaps pause pauses hold"
LASTING = frozenset(LASTING_SECONDS.split())
PERSONS = {"my", "his", "her", "our", "your", "their"}
COUNTED = {"call", "calls", "check", "checks"}  # of a person's own: "my twenty second call to you"
RANKED = {"of", "floor", "birthday", "anniversary"}  # what is no number of seconds
THIRD = 3
KINDS = {"time", "year", "aid", "class"}  # "fifty first time mums", "thirty third year students"


def twenty_first(words: Sequence[str], before: Sequence[str]) -> Written:
    """ "my twenty first birthday": 21st."""
    value, taken = ordinal(words)
    if taken != 2 or not _ranked(value, words, before):
        return None
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}", taken


def _ranked(value: int, words: Sequence[str], before: Sequence[str]) -> bool:
    last, after = "".join(before[-1:]), "".join(words[2:3])
    whose = last in BEFORE_A_RANK or last.endswith("'s")
    if words[1] == "second":
        own = last in PERSONS and after in COUNTED
        return after in RANKED or own or (whose and after not in LASTING)
    kind = after in KINDS and (after != "time" or words[3:])
    return whose or value % 10 > THIRD or not kind
