"""Gather: the caller is asked for keys."""

from collections.abc import Generator

from practice.acts import Act, Keys, Need, Steps
from practice.leg import Leg
from practice.prompts import prompt
from practice.twiml import Verb


def gather(leg: Leg, verb: Verb) -> Steps:
    """Play the prompt, collect keys, ask the action; no key leads on to the next verb."""
    if not leg.keys:
        # Keys that are there already stop the prompt before its first word.
        for nested in verb.nested:
            prompt(leg, nested)
    digits, finished_on = yield from _collect(leg, verb)
    if not digits and verb.get("actionOnEmptyResult", "false").lower() != "true":
        return None
    fields = {"msg": "Gather End", "FinishedOnKey": finished_on}
    if digits:
        fields["Digits"] = digits
    return leg.ask(verb.address("action"), verb.get("method", "POST"), **fields)


def _collect(leg: Leg, verb: Verb) -> Generator[Need, Act, tuple[str, str]]:
    """Return the keys, and the key that ended them if one did."""
    need = Need("keys", verb.number("timeout", 5))
    most = verb.number("numDigits", float("inf"))
    finish = verb.get("finishOnKey", "#")
    digits = ""
    while len(digits) < most:
        if not leg.keys:
            act = yield need
            if not isinstance(act, Keys):
                leg.seconds += need.timeout
                break
            leg.keys = act.digits
        key, leg.keys = leg.keys[0], leg.keys[1:]
        if key in finish:
            return digits, key
        digits += key
    return digits, ""
