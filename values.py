"""How a value in the environment is read: it may be missing, or of a kind that it cannot be."""

import base64
from collections.abc import Callable, Mapping


class WrongSetting(Exception):
    """A setting is missing or cannot be right; the message names it and says what to do."""


def needed(found: Mapping[str, str], name: str) -> str:
    """What must be there: with nothing but commas it is not."""
    value = optional(found, name)
    if value is None or not value.strip(", "):
        raise WrongSetting(f"{name} is missing: set it in the environment (see README, Settings).")
    return value


def optional(found: Mapping[str, str], name: str) -> str | None:
    """What may be there."""
    return found.get(name, "").strip() or None


def listed(found: Mapping[str, str], name: str) -> list[str]:
    """What stands between commas, at least one."""
    return [part.strip() for part in needed(found, name).split(",") if part.strip()]


def key(name: str, value: str) -> str:
    """The key itself, if it is one."""
    try:
        right = len(base64.urlsafe_b64decode(value)) == 32
    except ValueError:
        right = False
    if not right:
        raise WrongSetting(f"{name} is wrong: each key is URL-safe base64 of 32 bytes.")
    return value


def whole(found: Mapping[str, str], name: str, default: str, fit: range, what: str) -> int:
    """A whole number that fits; `what` it is to be."""
    value = optional(found, name) or default
    if not (value.isascii() and value.isdigit() and int(value) in fit):
        raise WrongSetting(f"{name} is wrong: {value!r} is not {what}.")
    return int(value)


def one_of(found: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """One of those that are allowed, the first where none is given."""
    value = found.get(name) or allowed[0]
    if value not in allowed:
        raise WrongSetting(f"{name} is wrong: it is {value!r}, not one of {', '.join(allowed)}.")
    return value


def address(
    found: Mapping[str, str],
    name: str,
    allowed: tuple[str, ...],
    fits: Callable[[str], bool],
    how: str,
) -> str | None:
    """An address, or None. It is not said what it was: it may have a password in it."""
    value = optional(found, name)
    if value and not value.startswith(allowed):
        raise WrongSetting(f"{name} is wrong: it begins with one of {', '.join(allowed)}.")
    if value and not fits(value):
        raise WrongSetting(f"{name} is wrong: {how}")
    return value
