"""Answers as TwiML. What somebody typed never gets in here without its control characters out."""

import re
from collections.abc import Mapping
from functools import lru_cache

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from dialogue.call import Say, Turn
from dialogue.script import Script

# XML has no place for these; one would turn the whole answer into Twilio's error 12100.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

PROMPTS = "prompts"

# These are filled in for each caller: a recording would leave out the reference.
NEVER_RECORDED = ("end",)

TURNS = 1000  # of half a kilobyte
Said = tuple[Say, ...]


class Twiml:
    """Renders a Turn or a text for one script and one public origin."""

    def __init__(self, script: Script, origin: str = "") -> None:
        self._script = script
        self._origin = origin
        self._recorded = recorded_prompts(script)
        # Most callers hear the same few dozen turns: each is rendered once.
        self._turn = lru_cache(TURNS)(self._rendered)

    def text(self, words: str | None, told: str | None = None) -> str:
        """A text back, or silence for None; of one that matters (`told`) we hear how it fared.

        Twilio says nothing by itself of a reply in TwiML that never arrived (facts: twilio.md 3.4).
        """
        response = MessagingResponse()
        if words is not None:
            fared = f"{self._origin}/sms/status/{told}" if told else None
            response.message(NOT_XML.sub("", words), status_callback=fared)
        return str(response)

    def turn(self, turn: Turn) -> str:
        """One turn of a call: what is said, what is waited for, and the address of the next."""
        return self._turn(turn.said, turn.ask, turn.wait, turn.call.turn, turn.call.silence)

    def _rendered(self, said: Said, ask: Said, wait: str, number: int, silence: int) -> str:
        response, address = VoiceResponse(), f"/voice/{number}"
        for phrase in said:
            self._say(response, phrase)
        if wait == "end":
            response.hangup()
        elif wait == "message":
            self._record(response, address, silence)
        else:
            self._gather(response, address, ask)
        return str(response)

    def _gather(self, response: VoiceResponse, address: str, ask: Said) -> None:
        # The shortest silence TwiML has: a trembling double press answers nothing.
        response.pause(length=1)
        gather = Gather(
            input="dtmf",
            num_digits=1,
            finish_on_key="",
            action=address,
            method="POST",
            timeout=self._script.line.limits.key_seconds,
            action_on_empty_result=True,
        )
        for phrase in ask:
            self._say(gather, phrase)
        response.append(gather)
        response.redirect(address, method="POST")

    def _record(self, response: VoiceResponse, address: str, silence: int) -> None:
        response.record(
            action=address,
            method="POST",
            timeout=silence,
            finish_on_key="#",
            max_length=self._script.line.limits.message_seconds,
            play_beep=True,
            trim="trim-silence",
            recording_status_callback="/voice/recording",
            recording_status_callback_method="POST",
            recording_status_callback_event="completed absent",
        )
        response.redirect(address, method="POST")

    def _say(self, into: VoiceResponse | Gather, phrase: Say) -> None:
        recorded = self._recorded.get((phrase.language, phrase.key))
        if recorded:
            into.play(f"/voice/{PROMPTS}/{phrase.language}/{recorded}")
            return
        voice = self._script.line.voices[phrase.language]
        into.say(NOT_XML.sub("", phrase.words), voice=voice.voice, language=voice.language)


def recorded_prompts(script: Script) -> Mapping[tuple[str, str], str]:
    """The files of a human voice that the operator has put beside the words, by their phrases."""
    return {
        (path.parent.name, path.stem): path.name
        for ending in ("mp3", "wav")  # where there are both, the wav
        for path in (script.folder / PROMPTS).glob(f"*/*.{ending}")
        if path.stem not in NEVER_RECORDED
    }
