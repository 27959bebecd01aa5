"""How one language is read: the `[reading]` of its file, by who reads it."""

from dialogue.frozen import Frozen


class Reading(Frozen):
    """Words and phrases in plain words, each told of beside its key in script/en.toml."""

    # What was asked, and hello (`answers`, `plain`); an answer taken back (`corrections`).
    greetings: tuple[str, ...]
    numbers: tuple[str, ...]
    polite: frozenset[str]
    beside: frozenset[str] = frozenset()
    nods: frozenset[str] = frozenset()
    number_signs: frozenset[str] = frozenset()
    taken_back: tuple[str, ...] = ()

    # A place behind the number of a service (`places`).
    counted: frozenset[str]
    name_begins: frozenset[str] = frozenset()
    not_names: frozenset[str] = frozenset()
    not_places: frozenset[str]
    names: tuple[str, ...] = ()
    subjects: frozenset[str] = frozenset()

    # Thanks and no more (`courtesy`, `advice`); what nobody wrote (`unmeant`).
    courtesies: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    will_do: tuple[str, ...] = ()
    still_needed: frozenset[str] = frozenset()
    automatic: tuple[str, ...] = ()

    # A yes to being texted or rung, and when (`agreeing`).
    may: tuple[str, ...] = ()
    bid: tuple[str, ...] = ()
    may_end: tuple[str, ...] = ()
    may_on: frozenset[str] = frozenset()
    may_if: frozenset[str] = frozenset()
    instead: frozenset[str] = frozenset()
    only_when: tuple[str, ...] = ()
    any_time: tuple[str, ...] = ()
    day_parts: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()

    # A no to it (`contact`, `refusals`, `unmeant`), and of whom (`others`).
    noes: frozenset[str] = frozenset()
    because: frozenset[str] = frozenset()
    rather_not: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()
    had_enough: tuple[str, ...] = ()
    no_reply: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    unanswered_for: tuple[str, ...] = ()
    not_then: tuple[str, ...] = ()
    told_of: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    # Whether the phone is safe (`safe_question`, `refusals`, `watched`).
    surely_safe: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()
    unsafe_alone: tuple[str, ...] = ()
    not_while: tuple[str, ...] = ()
    for_now: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    unwatched: tuple[str, ...] = ()
    minded: tuple[str, ...] = ()
    minds: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()
    found_out: tuple[str, ...] = ()
    phone_unsafe: tuple[str, ...] = ()
    meant_no: tuple[str, ...] = ()

    # Somebody is hit, where only the sound of a text is one of life (`struck`).
    struck: tuple[str, ...] = ()

    # A wish not to be texted or rung, asked or not (`wishes`, `unmeant`).
    leave_me: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    pleading: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    for_good: frozenset[str] = frozenset()
