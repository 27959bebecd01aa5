"""The static answers for another host: they record a call, and thank for a text, by themselves.

They are made from the script, so that they say what the line says. The other host only keeps
files: it reads no key and gives no reference; what comes meanwhile is imported afterwards.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dialogue.script import Script

# A whole document each; `end.xml` is where a finished message leads, on the same host.
VOICE, END, TEXT = "voice.xml", "end.xml", "sms.xml"


def bundle(script: Script, public_url: str) -> Mapping[str, bytes]:
    """Each file's name and its bytes, for the line at `public_url`."""
    documents = {VOICE: _voice(script, public_url), END: _end(script), TEXT: _text(script)}
    return {name: _bytes(document) for name, document in documents.items()}


def _voice(script: Script, public_url: str) -> Element:
    language, limits = script.line.languages[0], script.line.limits
    response = Element("Response")
    _say(response, script, language, script.spoken(language, "opening"))
    for one in script.line.languages:
        _say(response, script, one, script.spoken(one, "tone"))
    SubElement(
        response,
        "Record",
        {
            # Without an address of its own Twilio would ask for this document again, for ever.
            "action": END,
            "method": "GET",
            "timeout": str(limits.silence_seconds),
            "maxLength": str(limits.message_seconds),
            "finishOnKey": "#",
            "playBeep": "true",
            "trim": "trim-silence",
            "recordingStatusCallback": f"{public_url}/voice/recording",
            "recordingStatusCallbackMethod": "POST",
            "recordingStatusCallbackEvent": "completed absent",
        },
    )
    _say(response, script, language, script.spoken(language, "goodbye"))
    SubElement(response, "Hangup")
    return response


def _end(script: Script) -> Element:
    response = Element("Response")
    language = script.line.languages[0]
    _say(response, script, language, script.text(language, "held"))
    SubElement(response, "Hangup")
    return response


def _text(script: Script) -> Element:
    response = Element("Response")
    SubElement(response, "Message").text = script.text(script.line.languages[0], "held")
    return response


def _say(into: Element, script: Script, language: str, words: str) -> None:
    voice = script.line.voices[language]
    said = SubElement(into, "Say", {"voice": voice.voice, "language": voice.language})
    said.text = words


def _bytes(document: Element) -> bytes:
    indent(document)
    made: bytes = tostring(document, encoding="UTF-8", xml_declaration=True)
    return made + b"\n"
