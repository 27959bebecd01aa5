"""Whether everything is sealed with the newest key, and the privacy notice is kept by version."""

from collections.abc import Iterator

import config
from dialogue import notices
from dialogue.script import Script
from store import reseal
from store.database import Database
from store.recordings import Recordings, StoreAway
from store.seal import Seal
from store.spool import Spool
from workers.setup_findings import OK, WARNING, WRONG, Finding


def keys(settings: config.Settings, database: Database) -> Iterator[Finding]:
    """How much an older key still seals. With one key, whether that one opens everything."""
    seal = Seal(settings.sealing_keys, settings.join_key)
    try:
        audio = Recordings(settings.recordings_url, seal)
        parts = [
            reseal.rows(database, seal, _quiet, change=False),
            reseal.sounds(database, audio, seal, _quiet, change=False),
            reseal.spooled(Spool(settings.spool, seal), seal, change=False),
        ]
    except StoreAway as why:
        yield Finding(WRONG, "sealing keys", f"not all could be looked at ({why})")
        return
    old, lost = sum(part.old for part in parts), sum(part.lost for part in parts)
    if lost:
        yield Finding(WRONG, "sealing keys", f"{lost} things that none of SEALING_KEYS opens")
    elif old:
        yield Finding(WARNING, "sealing keys", f"{old} things need an older key: run `reseal`")
    elif len(settings.sealing_keys) > 1:
        yield Finding(OK, "sealing keys", "nothing needs an older key: it may be dropped")
    else:
        yield Finding(OK, "sealing keys", "one, and it opens everything")


def notice(script: Script) -> Finding:
    """Whether what people are told now will still be known when they ask."""
    version, without = script.line.notice, notices.missing(script)
    if without:
        words = f"notices/{version}.toml does not keep what is told in {', '.join(without)}"
        return Finding(WARNING, "privacy notice", words)
    return Finding(OK, "privacy notice", f"version {version}, its words are kept")


def _quiet(_what: str, _more: int) -> None:
    pass
