"""TwiML as verbs."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urljoin
from xml.etree import ElementTree

from practice.line import Answer, LineError

TOO_LARGE = 11750
NOT_WELL_FORMED = 12100
NOT_ALLOWED = 12200
NOT_A_DOCUMENT = 12300
MOST_BYTES = 64 * 1024
XML_TYPES = {"text/xml", "application/xml", "text/html"}


@dataclass(frozen=True)
class Verb:
    """One instruction of the line, ``<Say loop="2">Hello</Say>``, in the document ``at``."""

    at: str
    name: str
    attributes: dict[str, str]
    text: str
    nested: tuple["Verb", ...] = ()

    def get(self, name: str, default: str) -> str:
        """Return an attribute, or what Twilio takes when the line does not give it."""
        return self.attributes.get(name, default)

    def address(self, name: str) -> str:
        """Return an address in full; one that the line does not give is the document's own."""
        return urljoin(self.at, self.get(name, "").strip())

    def number(self, name: str, default: float) -> float:
        """Return an attribute as a number; raise LineError when it is none, or below zero."""
        given = self.attributes.get(name)
        if given is None:
            return default
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", given.strip()):
            reason = f"{name}={given!r} of <{self.name}> is not a number"
            raise LineError(NOT_ALLOWED, self.at, reason)
        return float(given)


def parse(answer: Answer, allowed: Collection[str], plain: str) -> tuple[Verb, ...]:
    """Return the verbs of an answer; raise LineError for what Twilio could not carry out.

    Plain text is taken as one verb ``plain``, for Twilio reads it aloud or texts it.
    """
    if len(answer.body) > MOST_BYTES:
        _refuse(answer, TOO_LARGE, f"{len(answer.body)} bytes are more than 64 kB")
    if answer.content_type == "text/plain":
        return (Verb(answer.url, plain, {}, answer.body.decode("utf-8", "replace")),)
    if answer.content_type not in XML_TYPES:
        _refuse(answer, NOT_A_DOCUMENT, f"{answer.content_type or 'no type'} is not TwiML")
    verbs = tuple(_verb(element, answer.url) for element in _root(answer))
    unknown = [verb.name for verb in verbs if verb.name not in allowed]
    if unknown:
        _refuse(answer, NOT_ALLOWED, f"<{unknown[0]}> is not a verb that may stand here")
    return verbs


def _root(answer: Answer) -> ElementTree.Element:
    try:
        # The line next door is no stranger, and expat itself stops documents that swell.
        root = ElementTree.fromstring(answer.body)  # noqa: S314
    except ElementTree.ParseError as error:
        raise LineError(NOT_WELL_FORMED, answer.url, f"not well-formed: {error}") from error
    if root.tag != "Response":
        _refuse(answer, NOT_WELL_FORMED, f"the document is <{root.tag}>, not <Response>")
    return root


def _verb(element: ElementTree.Element, at: str) -> Verb:
    nested = tuple(_verb(child, at) for child in element)
    return Verb(at, element.tag, dict(element.attrib), "".join(element.itertext()), nested)


def _refuse(answer: Answer, code: int, reason: str) -> NoReturn:
    raise LineError(code, answer.url, reason)
