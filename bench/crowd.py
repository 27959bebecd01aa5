"""People who text and ring through a storm, and Twilio, which the practice phone plays."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import get_args

from werkzeug.serving import make_server

from practice.manners import Manners, Order
from practice.page import build
from practice.phone import Phone
from practice.recordings import Recording
from practice.shelf import Shelf
from practice.texts import Text
from practice.voice import speak

SAID = "the nurse was very kind and the ward was clean"


@contextmanager
def twilio(phone: Phone, at: tuple[str, int]) -> Iterator[None]:
    """Twilio's REST API at that address, while it lasts."""
    app = build(phone)
    app.config["TRUSTED_HOSTS"] = [*app.config["TRUSTED_HOSTS"], at[0]]
    server = make_server(*at, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()


class Remembering(Shelf[Recording]):
    """The recordings at Twilio, and the SIDs of all that ever lay there."""

    def __init__(self) -> None:
        super().__init__()
        self.sids: list[str] = []

    def put(self, thing: Recording) -> None:
        self.sids.append(thing.sid)
        super().put(thing)


def everybody(phone: Phone, texts: int, calls: int, dice: random.Random) -> None:
    """Texters and callers, a few at a time, each with a number of their own."""
    pause = 0.4  # seconds between two acts of one person: the storm outlasts many deaths
    wav = speak(SAID)
    acts: list[Callable[[], None]] = [
        lambda n=n: _text(phone, n, dice)
        for n in range(texts)  # type: ignore[misc]
    ]
    acts += [lambda n=n: _call(phone, n, wav, dice) for n in range(calls)]  # type: ignore[misc]
    dice.shuffle(acts)
    todo = iter(acts)
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                act = next(todo, None)
            if act is None:
                return
            act()
            time.sleep(pause)

    people = [threading.Thread(target=work) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    phone.deliver()


def _text(phone: Phone, number: int, dice: random.Random) -> None:
    who, body = f"+4477009{number:05d}", f"message {number} about the ward"
    if dice.random() < 0.1:  # Twilio has it, and its webhook never comes
        phone.texts.put(Text(who, phone.number, body, "inbound", "received", 0))
        return
    phone.text(who, body)
    sent = phone.thread(who)[0]
    for _ in range(dice.choice([0, 0, 1, 2])):
        phone.text(who, body, sid=sent.sid)


def _call(phone: Phone, number: int, wav: bytes, dice: random.Random) -> None:
    phone.manners = Manners(callbacks=dice.choice(get_args(Order)), not_ready=dice.choice([0, 1]))
    call = phone.call(f"+4477010{number:05d}")
    for act in (lambda: call.press("0"), lambda: call.say_wav(wav, dice.choice("#h"))):
        if call.ended:
            return
        if call.waiting == "message":
            call.say_wav(wav, dice.choice(["#", "silence", "hangup"]))
        else:
            act()
    call.hang_up()
