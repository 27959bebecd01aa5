"""Whatever a caller does: the call ends, every take has its row, no answer is lost."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue import calling
from dialogue.call import Call, Did
from store.arrival_rows import Conversation
from store.models import Feedback, Recording
from tests.dialogue.doorstep import SCRIPT, Doorstep

KEYS = st.sampled_from([*"0123456789*#", "", "", "12", "٣", "a"])


def some(kind, **fields):
    """Of a kind with these fields; hypothesis would fill in the others of a named tuple too."""
    return st.builds(lambda **given: kind(**given), **fields)


TAKES = some(
    Did, keys=st.sampled_from(["#", "", "hangup"]), take=st.just("RE"), seconds=st.floats(1, 300)
)
CUT_OFF = st.just(Did(take="RE", seconds=300.0))
DEEDS = st.lists(some(Did, keys=KEYS) | TAKES | CUT_OFF, max_size=90)
CALLS = some(Call, menu=st.booleans(), can_ring=st.booleans())
WITHOUT_KEYS = some(Call, menu=st.just(False), can_ring=st.booleans())
ODDLY = st.lists(
    st.tuples(
        st.sampled_from(["press"] * 5 + ["take", "take", "empty", "wait", "late", "stray"]),
        st.sampled_from("0123456789*#1112233"),
        st.sampled_from(["none", "before", "after", "doubled", "absent"]),
    ),
    max_size=25,
)
PRESSED = {key: ("press", key, "none") for key in "01234569"}
TOOK = ("take", "#", "none")
# Most calls are under way when the odd things happen.
BEGUN = st.sampled_from(
    [
        [],
        [PRESSED["1"], PRESSED["2"], PRESSED["5"], TOOK, PRESSED["1"]],
        [PRESSED["0"], TOOK, PRESSED["1"], PRESSED["2"]],
        [PRESSED["2"], TOOK, PRESSED["1"]],
        [PRESSED["1"], PRESSED["4"]],
    ]
)
ACTS = st.builds(lambda begun, oddly: begun + oddly, BEGUN, ODDLY)
ASKED = ("service", "rating", "about", "contact")


def deeds(call, did):
    """The turns of a call in which somebody does these things, and then nothing more."""
    turn = calling.begin(SCRIPT, call)
    did = iter(did)
    while True:
        yield turn
        if turn.wait == "end":
            return
        call = turn.call._replace(turn=turn.call.turn + 1)
        done = next(did, Did())
        take = done.take and f"{done.take}{call.turn}"
        turn = calling.step(SCRIPT, call, done._replace(take=take))


@given(CALLS, DEEDS)
def test_every_call_ends_within_its_steps_and_no_prompt_is_missing(call, did):
    turns = list(deeds(call, did))

    assert len(turns) <= SCRIPT.line.limits.steps + 3
    for turn in turns:
        said = [*turn.said, *turn.ask]
        assert all(say.words.strip() and not set(say.words) & set("{}") for say in said)
        assert turn.ask if turn.wait == "keys" else said or turn.wait == "end"


@given(CALLS, DEEDS)
def test_nobody_reaches_the_tone_without_hearing_that_it_is_recorded(call, did):
    heard = ""
    for turn in deeds(call, did):
        heard += " ".join(say.words for say in (*turn.said, *turn.ask))
        assert turn.wait != "message" or "We record this call" in heard


@given(WITHOUT_KEYS, DEEDS)
def test_the_number_without_a_menu_never_waits_for_a_key(call, did):
    assert {turn.wait for turn in deeds(call, did)} == {"message", "end"}


@given(st.sampled_from("34567*#"))
def test_three_wrong_keys_lead_to_the_tone(key):
    turns = list(deeds(Call(), [Did(keys=key)] * 3))

    assert [turn.wait for turn in turns[:4]] == ["keys", "keys", "keys", "message"]


def act(line, call, turn, deed):
    """One deed at one turn; the fields that Twilio would send, and the take if there is one."""
    kind, key, word = deed
    take = f"RE{call}{turn}"
    if kind == "take":
        if word in ("before", "doubled"):
            line.recorded(call, take, "completed", 9)
        if word == "absent":
            line.recorded(call, take, "absent", 0)
        return {"RecordingSid": take, "RecordingDuration": "9", "Digits": key}, take
    if kind == "empty":
        return {"RecordingSid": take, "RecordingDuration": "0"}, None
    return ({"Digits": key} if kind == "press" else {}), None


def pressed(line, fields):
    """What this key answers where the caller is: question and option."""
    state = line.rows(Conversation)[0].state
    if state["place"] in ASKED and fields.get("Digits", "").isdecimal():
        order = SCRIPT.order(state["place"])
        if 1 <= int(fields["Digits"]) <= len(order):
            option = order[int(fields["Digits"]) - 1]
            return {state["place"]: option == "yes" if state["place"] == "contact" else option}
    return {}


@settings(max_examples=16)
@given(ACTS, st.booleans())
def test_a_call_keeps_every_take_once_and_every_answer(empty_sqlite, acts, hangs_up):
    takes, gave = set(), {}
    with tempfile.TemporaryDirectory() as folder, Doorstep(empty_sqlite, Path(folder)) as line:
        answer, turn = line.turn("CA1", "0"), 1
        for number, deed in enumerate(acts):
            if deed[0] == "late":
                line.recorded("CA1", f"RElate{number}", "completed", 4)
                takes.add(f"RElate{number}")
                continue
            if deed[0] == "stray":
                line.turn("CA1", f"{turn}/x")
                turn = line.rows(Conversation)[0].state["turn"]
                continue
            fields, take = act(line, "CA1", turn, deed)
            takes |= {take} - {None}
            gave |= {} if take else pressed(line, fields)
            answer = line.turn("CA1", str(turn), **fields)
            before = line.state()
            assert line.turn("CA1", str(turn), **fields) == answer
            assert line.state() == before
            if take and deed[2] in ("after", "doubled"):
                line.recorded("CA1", take, "completed", 9)
            turn += 1
            if "<Hangup" in answer:
                break
        if hangs_up:
            line.ended("CA1")
        recordings = [take.sid for take in line.rows(Recording)]
        items = line.rows(Feedback)

    assert sorted(recordings) == sorted(takes)
    assert len(items) == (1 if takes or gave else 0)
    assert all(getattr(items[0], question) == option for question, option in gave.items())


@settings(max_examples=16)
@given(st.permutations(["call", "take", "ready", "absent", "ended"]))
def test_one_take_is_one_row_and_one_item_in_whatever_order_the_words_of_it_come(
    empty_sqlite, order
):
    with tempfile.TemporaryDirectory() as folder, Doorstep(empty_sqlite, Path(folder)) as line:
        for word in order:
            match word:
                case "call":
                    line.turn("CA1", "0")
                case "take":
                    line.turn("CA1", "1", RecordingSid="RE1", RecordingDuration="9")
                case "ready":
                    line.recorded("CA1", "RE1", "completed", 9)
                case "absent":
                    line.recorded("CA2", "RE2", "absent", 0)
                case "ended":
                    line.ended("CA1")
        assert [take.sid for take in line.rows(Recording)] == ["RE1"]
        assert len(line.rows(Feedback)) == 1
        item = line.rows(Feedback)[0]
        assert item.caller_id is not None
        assert item.complete or line.rows(Conversation)[0].closes_at is not None


def test_after_twenty_minutes_the_last_key_counts_and_the_call_ends(door):
    door.turn("CA1", "0")
    door.turn("CA1", "1", Digits="1")
    door.later(minutes=21)

    assert "Your reference is" in door.turn("CA1", "2", Digits="3")
    assert [item.service for item in door.rows(Feedback)] == ["care_home"]


def test_several_languages_are_offered_first_each_by_its_own_key():
    line = SCRIPT.line.model_copy(update={"languages": ("en", "cy")})
    both = SCRIPT.model_copy(
        update={"line": line, "words": {**SCRIPT.words, "cy": SCRIPT.words["en"]}}
    )
    menu = calling.begin(both, Call())
    chosen = calling.step(both, menu.call, Did(keys="2"))

    assert [say.language for say in menu.ask] == ["en", "cy"]
    assert {say.language for say in chosen.ask} == {"cy"}
    for early in (Did(keys="0"), Did()):
        turn = calling.step(both, menu.call, early)
        assert "We record this call" in " ".join(say.words for say in (*turn.said, *turn.ask))
    assert calling.begin(both, Call(menu=False)).wait == "message"
