"""The record of an item as it may leave: its words without what would show who somebody is."""

from collections.abc import Mapping, Sequence
from typing import Any

from triage.redaction import Rules, redact, redact_each

# Where people's own words stand in a record; staff write in some of them, and they quote.
FREE = ("words", "place")
HEARD = ("text", "shown")


def redacted(rules: Rules, record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of `triage.record` -> the same, redacted.

    Single words with their times are left out: a name that is said in pieces stays in them.
    """
    made = {key: _text(rules, record[key]) if key in FREE else record[key] for key in record}
    bodies = redact_each(rules, [text["body"] for text in record["texts"]])
    made["texts"] = [t | {"body": body} for t, body in zip(record["texts"], bodies, strict=True)]
    made["recordings"] = _recordings(rules, record["recordings"])
    made["provider"] = _provider(rules, record["provider"])
    return made


def _recordings(rules: Rules, takes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same recordings: a number may begin in one and end in the next, as in texts."""
    heard = [take["transcript"] for take in takes if take["transcript"]]
    clean = {key: iter(redact_each(rules, [one[key] for one in heard])) for key in HEARD}
    return [
        {**take, "transcript": take["transcript"] and _transcript(take["transcript"], clean)}
        for take in takes
    ]


def _transcript(heard: Mapping[str, Any], clean: Mapping[str, Any]) -> dict[str, Any]:
    return {**heard, **{key: next(clean[key]) for key in HEARD}, "words": []}


def _provider(rules: Rules, provider: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A place of the public directory stays as it is named there; what staff typed does not."""
    if provider is None:
        return None
    if provider["id"]:
        return dict(provider)
    return {**provider, "name": _text(rules, provider["name"])}


def _text(rules: Rules, said: str | None) -> str | None:
    return redact(rules, said) if said else said
