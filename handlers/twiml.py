"""Answers as TwiML. What somebody typed never gets in here without its control characters out."""

import re

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from dialogue.calling import Say, Turn
from dialogue.script import Script

# XML has no place for these; one would turn the whole answer into Twilio's error 12100.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

PROMPTS = "prompts"

# These are filled in for each caller: a recording would leave out the reference.
NEVER_RECORDED = ("end",)


class Twiml:
    """Renders a Turn or a text for one script and one public origin."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def text(self, words: str | None) -> str:
        """A text back, or silence for None."""
        response = MessagingResponse()
        if words is not None:
            response.message(NOT_XML.sub("", words))
        return str(response)

    def turn(self, turn: Turn) -> str:
        """One turn of a call: what is said, what is waited for, and the address of the next."""
        response = VoiceResponse()
        for phrase in turn.said:
            self._say(response, phrase)
        if turn.wait == "end":
            response.hangup()
        elif turn.wait == "message":
            self._record(response, turn)
        else:
            self._gather(response, turn)
        return str(response)

    def _gather(self, response: VoiceResponse, turn: Turn) -> None:
        # The shortest silence TwiML has: a trembling double press answers nothing.
        response.pause(length=1)
        address = self._address(turn)
        gather = Gather(
            input="dtmf",
            num_digits=1,
            finish_on_key="",
            action=address,
            method="POST",
            timeout=self._script.line.limits.key_seconds,
            action_on_empty_result=True,
        )
        for phrase in turn.ask:
            self._say(gather, phrase)
        response.append(gather)
        response.redirect(address, method="POST")

    def _record(self, response: VoiceResponse, turn: Turn) -> None:
        address = self._address(turn)
        response.record(
            action=address,
            method="POST",
            timeout=turn.call.silence,
            finish_on_key="#",
            max_length=self._script.line.limits.message_seconds,
            play_beep=True,
            trim="trim-silence",
            recording_status_callback="/voice/recording",
            recording_status_callback_method="POST",
            recording_status_callback_event="completed absent",
        )
        response.redirect(address, method="POST")

    def _address(self, turn: Turn) -> str:
        return f"/voice/{turn.call.turn}"

    def _say(self, into: VoiceResponse | Gather, phrase: Say) -> None:
        recorded = recorded_prompt(self._script, phrase.language, phrase.key)
        if recorded:
            into.play(f"/voice/{PROMPTS}/{phrase.language}/{recorded}")
            return
        voice = self._script.line.voices[phrase.language]
        into.say(NOT_XML.sub("", phrase.words), voice=voice.voice, language=voice.language)


def recorded_prompt(script: Script, language: str, key: str) -> str | None:
    """The file of a human voice for a phrase, where the operator has put one beside the words."""
    if key in NEVER_RECORDED:
        return None
    for ending in ("wav", "mp3"):
        name = f"{key}.{ending}"
        if (script.folder / PROMPTS / language / name).is_file():
            return name
    return None
