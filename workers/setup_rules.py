"""What each address of a number or a service must be, and what would mend it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workers.setup_api import Change
from workers.setup_findings import WARNING, WRONG, Finding
from workers.setup_http import Json
from workers.setup_urls import Addresses, host, refusal, same, shown

# Static files are fetched: many places that keep them answer a POST with an error.
STATIC, OURS = "GET", "POST"


@dataclass(frozen=True)
class Rules:
    """One number or service as Twilio has it (`thing`), called `named` in what is printed."""

    named: str
    thing: Json
    urls: Addresses

    def exact(self, field: str, method: str, path: str, harm: str) -> Iterator[Finding]:
        """An address that must be the line's own, by POST."""
        there, ours = self.thing.get(field), self.urls[path]
        if same(there, ours) and self.thing.get(method) == OURS:
            return
        why = refusal(there, self.urls.plain_http) if there else None
        has = f"{self.thing.get(method)} {shown(there)}" if there else "empty"
        words = f"{field} is {has}{f' ({why})' if why else ''}, not POST {ours}: {harm}"
        yield self._finding(WRONG, words, (field, ours), (method, OURS))

    def empty(self, field: str, harm: str) -> Iterator[Finding]:
        """A field that, where it is set, makes Twilio ignore the addresses."""
        if self.thing.get(field):
            yield self._finding(WRONG, f"{field} is {self.thing[field]}: {harm}", (field, ""))

    def fallback(
        self, field: str, method: str, path: str, elsewhere: str | None
    ) -> Iterator[Finding]:
        """Who answers when the line cannot: best another host (`elsewhere`), at least ours."""
        there = self.thing.get(field) or ""
        ours = self.urls[path]
        wanted = (field, elsewhere or ours), (method, STATIC if elsewhere else OURS)
        why = refusal(there, self.urls.plain_http) if there else "nobody answers for the line"
        if why:
            yield self._finding(WRONG, f"{field} is {shown(there) or 'empty'}: {why}", *wanted)
        elif elsewhere and not (same(there, elsewhere) and self.thing.get(method) == STATIC):
            has = f"{self.thing.get(method)} {shown(there)}"
            yield self._finding(WARNING, f"{field} is {has}, not GET {elsewhere}", *wanted)
        elif not elsewhere and host(there) == host(ours):
            yield from self._on_our_host(field, method, ours)

    def _on_our_host(self, field: str, method: str, ours: str) -> Iterator[Finding]:
        there = self.thing[field]
        if same(there, ours) and self.thing.get(method) == OURS:
            words = "is on the line's own host, and away when that is: see docs/twilio.md"
            yield Finding(WARNING, self.named, f"{field} {words}")
            return
        words = f"{field} is {self.thing.get(method)} {shown(there)}, not POST {ours}"
        yield self._finding(WRONG, words, (field, ours), (method, OURS))

    def _finding(self, level: str, words: str, *fields: tuple[str, str]) -> Finding:
        path = self.thing["path"]
        changes = tuple(Change(path, camel(field), value) for field, value in fields)
        return Finding(level, self.named, words, changes)


def camel(field: str) -> str:
    """A field as a POST names it: voice_url -> VoiceUrl."""
    return re.sub(r"(?:^|_)([a-z])", lambda found: found[1].upper(), field)
