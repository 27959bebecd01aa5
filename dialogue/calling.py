"""Where a caller is + what they did -> what they hear next. Pure: no web, no database, no clock."""

from collections.abc import Callable, Mapping
from functools import partial

from dialogue.call import Call, Did, Say, Turn
from dialogue.script import Script
from dialogue.spoken_turns import end, menu, room, say, tone

MENUS = ("language", "choice", "service", "rating", "keep", "about", "contact")
BEFORE_MESSAGE = ("language", "choice", "service", "rating")
CARRY_ON = "carry_on"  # after the tone, in the next part of the message before


def begin(script: Script, call: Call) -> Turn:
    """A call is answered: languages first if there are several, then the opening."""
    if len(script.line.languages) > 1 and call.menu:
        return menu(script, call._replace(place="language"))
    return _opened(script, call)


def step(script: Script, call: Call, did: Did) -> Turn:
    """One act of the caller -> the next turn. Every path leads to the tone, then to the end."""
    # Whoever spoke was after a tone, wherever the rows believed them: it was given without rows.
    asked = call.place in MENUS and did.take is None
    turn = _pressed(script, call, did.keys) if asked else _spoke(script, call, did)
    if call.turn > script.line.limits.steps or did.long_enough:
        # As long as a call may be: what was just pressed counts, then the reference and goodbye.
        return end(turn.call)._replace(gave=turn.gave, pressed=turn.pressed)
    return turn


def astray(script: Script, call: Call, did: Did) -> Turn:
    """A request that fits nowhere goes straight to the tone: a person may be on the line.

    Whoever may not have heard the opening is first told what this is, and recorded. Whoever spoke
    has heard it, from a host that had no rows or whose answer we lost, and goes on from there.
    """
    if did.take:
        return _spoke(script, call, did)
    turn = tone(script, call)
    if call.place in ("language", "choice"):
        return turn._replace(said=(say(script, call, "opening"), *turn.said))
    return turn


def _opened(script: Script, call: Call) -> Turn:
    if not call.menu:
        return _straight(script, call)
    turn = menu(script, call._replace(place="choice"))
    return turn._replace(ask=(say(script, call, "opening"), *turn.ask))


def _straight(script: Script, call: Call) -> Turn:
    """To the tone; whoever has heard no opening yet is first told what this is, and recorded."""
    turn = tone(script, call)
    if call.place == "language" or not call.menu:
        return turn._replace(said=(say(script, call, "opening"), *turn.said))
    return turn


def _pressed(script: Script, call: Call, keys: str) -> Turn:
    if keys == "":
        return _silent(script, call)
    if keys == "0":
        return _more(script, call)
    if keys == "9":
        return _opened(script, call) if call.place == "choice" else menu(script, call)
    act = _acts(script, call).get(keys)
    return act() if act else _wrong(script, call)


def _acts(script: Script, call: Call) -> Mapping[str, Callable[[], Turn]]:
    """The keys of the menu where the caller is, and what each does."""
    if call.place == "language":
        return {
            str(n): partial(_opened, script, call._replace(language=code))
            for n, code in enumerate(script.line.languages, 1)
        }
    if call.place == "choice":
        return {
            "1": partial(menu, script, call._replace(place="service")),
            "2": partial(_advice, script, call),
            "8": partial(_privacy, script, call),
        }
    if call.place == "keep":
        acts = {"1": partial(_kept, script, call), "2": partial(_again, script, call)}
        return {**acts, "3": partial(_more, script, call)} if room(script, call) else acts
    return {
        str(n): partial(_answer, script, call, option)
        for n, option in enumerate(script.order(call.place), 1)
    }


def _silent(script: Script, call: Call) -> Turn:
    """Silence never ends a call early: before the message it leads to the tone."""
    if call.place == "language":
        return _opened(script, call)
    if call.place == "keep":
        return _kept(script, call)
    return tone(script, call) if call.place in BEFORE_MESSAGE else end(call)


def _wrong(script: Script, call: Call) -> Turn:
    call = call._replace(wrong=call.wrong + 1)
    if call.wrong < script.line.limits.wrong_keys:
        # In the opening any key cuts it short: who pressed a wrong one is told anew what this is.
        turn = _opened(script, call) if call.place == "choice" else menu(script, call)
        return turn._replace(said=(say(script, call, "wrong_key"),))
    # Silence could be a yes there: whoever tried to answer is not rung for it.
    if call.place == "contact":
        return _answer(script, call, "no")._replace(pressed=False)
    # A hand that trembles is not asked again: before the message the tone, after it as silence.
    return _straight(script, call) if call.place in BEFORE_MESSAGE else _silent(script, call)


def _answer(script: Script, call: Call, option: str) -> Turn:
    chosen = script.question(call.language, call.place).options[option]
    said = Say(f"said.{option}", f"{chosen.said}.", call.language)
    gave = {call.place: option}
    told = (said, say(script, call, "staff")) if option == "staff" else (said,)
    if call.place == "service":
        turn = menu(script, call._replace(place="rating"))
    elif call.place == "rating":
        turn = tone(script, call)
    elif call.place == "about" and call.can_ring:
        turn = _contact(script, call)
    else:
        turn = end(call)
    return turn._replace(said=(*told, *turn.said), gave=gave)


def _advice(script: Script, call: Call) -> Turn:
    call = call._replace(purpose="advice")
    turn = tone(script, call, "tone_advice")
    return turn._replace(said=(say(script, call, "advice"), *turn.said))


def _privacy(script: Script, call: Call) -> Turn:
    turn = menu(script, call)
    return turn._replace(ask=(say(script, call, "privacy"), *turn.ask))


def _more(script: Script, call: Call) -> Turn:
    if call.parts == 0:
        return _straight(script, call)
    if room(script, call):
        return tone(script, call, "tone_more")
    return _kept(script, call) if call.place == "keep" else menu(script, call)


def _again(script: Script, call: Call) -> Turn:
    taken_back = len((call.last_take or "").split())
    again = call._replace(replaces=call.last_take, parts=max(0, call.parts - taken_back))
    return tone(script, again, "tone_new")


def _kept(script: Script, call: Call) -> Turn:
    if not call.menu:  # whoever rang that number may hear no question, or find no key
        return end(call)
    if call.purpose == "advice":
        return _contact(script, call) if call.can_ring else end(call)
    return menu(script, call._replace(place="about"))


def _contact(script: Script, call: Call) -> Turn:
    """Whether ringing is safe is asked as often as any, however many wrong keys came before."""
    return menu(script, call._replace(place="contact", wrong=0))


def _spoke(script: Script, call: Call, did: Did) -> Turn:
    if did.take is None:
        return _unheard(script, call)
    message = _message(call, did.take)
    parts = call.parts + (message != call.last_take)
    call = call._replace(last_take=message, replaces=None, parts=parts, quiet=0)
    cut_off = did.keys == "" and did.seconds >= script.line.limits.message_seconds - 1
    if cut_off and room(script, call):
        turn = tone(script, call, CARRY_ON)
        return turn._replace(call=turn.call._replace(place=CARRY_ON))
    if not call.menu:
        return end(call)
    return menu(script, call._replace(place="keep"))


def _message(call: Call, take: str) -> str:
    """The takes of the message that this one ends: what we cut off at the limit goes on in it.

    A take may come twice, as turn 2 and as f2, where our answer to it was lost.
    """
    before = call.last_take or ""
    if take in before.split():
        return before
    return f"{before} {take}" if call.place == CARRY_ON else take


def _unheard(script: Script, call: Call) -> Turn:
    """Nothing after the tone: once more in other words, then on. What is kept stays kept."""
    if call.last_take:
        return _kept(script, call._replace(replaces=None))
    if call.quiet:
        return end(call)
    return tone(script, call._replace(quiet=1), "tone_again")
