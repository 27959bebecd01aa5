"""The privacy notice by version: what people were told must still be known years later."""

import tomllib
from collections.abc import Iterator, Mapping

from dialogue.script import Script, WrongScript

CHANGED = (
    "{key}: it is not what notices/{version}.toml says was told. Give `notice` in line.toml a new "
    "version, and keep the new words under it"
)


def kept(script: Script) -> Mapping[str, Mapping[str, str]]:
    """The words of the present version by language; nothing where nobody kept them."""
    path = script.folder / "notices" / f"{script.line.notice}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise WrongScript(f"notices/{path.name}: {why}") from None


def changed(script: Script, language: str) -> Iterator[str]:
    """What is said now and was not told under this version."""
    words, told = script.words[language], kept(script).get(language, {})
    said = {"text": words.texts.privacy.words, "voice": words.voice.privacy.words}
    for key, part in (("text", "texts"), ("voice", "voice")):
        if told.get(key, said[key]) != said[key]:
            yield CHANGED.format(key=f"{part}.privacy", version=script.line.notice)


def missing(script: Script) -> list[str]:
    """The languages in which nobody kept what is told under this version."""
    there = kept(script)
    return [
        code for code in script.line.languages if not {"text", "voice"} <= set(there.get(code, ()))
    ]
