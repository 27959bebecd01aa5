"""A caller's voice: streamed in byte ranges, and asked for again when it could not be heard."""

from datetime import UTC, datetime
from typing import IO, cast

from flask import Response, abort, flash, request
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import FileWrapper

from handlers.desk.guard import bp
from handlers.desk.item import back
from handlers.desk.looked import keep_look
from handlers.desk.words import signs
from handlers.house import house
from store import desk
from store.access_rows import Kept
from store.queue import HEAR
from store.recordings import SealedAudio, StoreAway
from store.seal import CHUNK, CannotOpen


@bp.get("/feedback/<given>/recordings/<int(max=2147483647):number>.wav")
def audio(given: str, number: int) -> Response:
    """One recording; 206 for a range of it. 404, 410 or 503 when there is no opening it."""
    with house().database.reading() as session:
        take = desk.recording(session, signs(given), number)
    if take is None or take.audio_key is None:
        abort(404)
    try:
        opened = house().recordings.open(take.audio_key)
        kind = "audio/wav" if opened.read(4) == b"RIFF" else "audio/mpeg"
    except (FileNotFoundError, CannotOpen):
        abort(410)
    except StoreAway:
        abort(503)
    keep_look([take.feedback_id], Kept.AUDIO, f"recording {take.id}")
    return streamed(opened, kind)


def streamed(opened: SealedAudio, kind: str) -> Response:
    """Sealed audio as an answer; only the chunks that a player asks for are ever opened."""
    opened.seek(0)
    body = FileWrapper(cast(IO[bytes], opened), CHUNK)
    answer = Response(body, mimetype=kind, direct_passthrough=True)
    answer.content_length = opened.size
    answer.headers["Content-Disposition"] = "inline"
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=opened.size)
    return answer


@bp.post("/feedback/<given>/recordings/<int(max=2147483647):number>/again")
def again(given: str, number: int) -> ResponseReturnValue:
    """Have a failed recording heard again; the bell is rung after the commit."""
    with house().database.writing() as session:
        take = desk.recording(session, signs(given), number) or abort(404)
        asked = desk.try_again(take, datetime.now(UTC))
    if asked:
        house().bell.ring(HEAR, take.id, take.seconds)
    flash(
        "We are trying again. Open this page again in a minute."
        if asked
        else "Somebody already asked for this recording again."
    )
    return back(given, f"recording-{number}")
