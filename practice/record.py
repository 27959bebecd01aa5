"""Record: the caller speaks after the tone."""

import math
from collections.abc import Generator

from practice.acts import Act, CallOverError, Keys, Need, Speech, Steps
from practice.callbacks import Callback
from practice.leg import Leg
from practice.line import Answer
from practice.recordings import Recording
from practice.sound import silence
from practice.take import HANG_UP, Take, finishing_keys, take
from practice.twiml import Verb

TONE_SECONDS = 1.0
SHORTEST_SILENCE = 2.0


def record(leg: Leg, verb: Verb) -> Steps:
    """Let the caller speak, keep what was said and ask the action, also after a hang-up."""
    if verb.get("playBeep", "true").lower() == "true":
        leg.seconds += TONE_SECONDS
    speech = yield from _message(leg, verb)
    taken = take(speech, verb)
    leg.seconds += taken.lasted
    if taken.ended_by == HANG_UP:
        leg.status = "completed"
    answer = _kept(leg, verb, taken)
    if taken.ended_by == HANG_UP:
        raise CallOverError
    return answer


def _message(leg: Leg, verb: Verb) -> Generator[Need, Act, Speech]:
    """Wait until the caller speaks, is silent, hangs up, or presses a key that counts here."""
    leg.keys = ""
    while True:
        try:
            act = yield Need("message", verb.number("timeout", 5))
        except CallOverError:
            return Speech(silence(0), HANG_UP)
        if isinstance(act, Speech):
            return act
        if not isinstance(act, Keys):
            return Speech(silence(0), "silence")
        ending = [key for key in act.digits if key in finishing_keys(verb)]
        if ending:
            return Speech(silence(0), ending[0])


def _kept(leg: Leg, verb: Verb, taken: Take) -> Answer | None:
    """Keep the take and tell the line of it, the callback before the action or after it."""
    recording = _recording(leg, taken)
    is_early = leg.manners.callbacks == "before"
    if is_early:
        _notify(leg, verb, recording)
    try:
        if taken.spoken or leg.manners.silent_record != "next verb":
            return _action(leg, verb, recording, taken)
        return None
    finally:
        # The recording exists even when the line's action failed, so its callback still comes.
        if not is_early:
            _notify(leg, verb, recording)


def _recording(leg: Leg, taken: Take) -> Recording:
    samples, status = taken.samples, "completed"
    if not taken.spoken and leg.manners.silent_record == "silent recording":
        samples = silence(max(taken.lasted, SHORTEST_SILENCE))
    elif not taken.spoken:
        status = "absent"
    account, not_ready = leg.line.account_sid, leg.manners.not_ready
    recording = Recording(account, leg.sid, samples, status, not_ready)
    if status == "completed":
        leg.recordings.put(recording)
    return recording


def _action(leg: Leg, verb: Verb, recording: Recording, taken: Take) -> Answer:
    seconds = math.ceil(taken.lasted) if recording.status == "completed" else 0
    fields = recording.names() | {"RecordingDuration": str(seconds)}
    if taken.ended_by:
        fields["Digits"] = taken.ended_by
    return leg.ask(verb.address("action"), verb.get("method", "POST"), **fields)


def _notify(leg: Leg, verb: Verb, recording: Recording) -> None:
    wanted = verb.get("recordingStatusCallbackEvent", "completed").split()
    if recording.status in wanted and "recordingStatusCallback" in verb.attributes:
        notice = Callback(verb.address("recordingStatusCallback"), recording.notice())
        leg.callbacks.add(notice)
