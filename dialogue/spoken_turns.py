"""What a caller hears at each place of a call: its menu, a tone, or goodbye. Pure."""

from dialogue.call import Call, Say, Turn
from dialogue.script import Script


def room(script: Script, call: Call) -> bool:
    return call.parts < script.line.limits.message_parts


def menu(script: Script, call: Call) -> Turn:
    return Turn(call, ask=_asked(script, call))


def _asked(script: Script, call: Call) -> tuple[Say, ...]:
    if call.place == "language":
        return tuple(
            Say("language", script.spoken(code, "language", key=str(n)), code)
            for n, code in enumerate(script.line.languages, 1)
        )
    if call.place == "choice":
        return (say(script, call, "choice"),)
    if call.place == "keep":
        return (say(script, call, "keep" if room(script, call) else "keep_full"),)
    return (Say(call.place, script.spoken_question(call.language, call.place), call.language),)


def tone(script: Script, call: Call, phrase: str = "tone") -> Turn:
    if call.purpose == "advice" and phrase == "tone":
        phrase = "tone_advice"
    return Turn(call._replace(place="message"), said=(say(script, call, phrase),), wait="message")


def end(call: Call) -> Turn:
    return Turn(call._replace(place="end", ended=True), wait="end", reference=True)


def say(script: Script, call: Call, key: str) -> Say:
    return Say(key, script.spoken(call.language, key), call.language)
