"""Webhooks as Twilio sends them, signed, and the two ways to send them: in turn, or at a pace."""

import http.client
import queue
import random
import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from practice.signature import sign

ORIGIN, TOKEN, ACCOUNT = "http://localhost", "bench", "AC1"
LINE = "+441214960000"
SAID = "The nurse was kind but we waited nine hours"
ANSWERS = ("2", "4", "1", "yes")

Request = tuple[str, dict[str, str]]
Signed = tuple[str, bytes, dict[str, str]]


def first_texts(many: int) -> list[Request]:
    """Each phone's first text: a sentence, read by its phrases and by its meaning."""
    return [_text(_phone(), SAID) for _ in range(many)]


def conversations(many: int) -> list[Request]:
    """Whole conversations by text: what somebody says, and four answers."""
    made: list[Request] = []
    while len(made) < many:
        phone = _phone()
        made += [_text(phone, body) for body in (SAID, *ANSWERS)]
    return made


def calls(many: int) -> list[Request]:
    """Whole calls: the opening, two questions and their answers."""
    made: list[Request] = []
    while len(made) < many:
        call = {
            "CallSid": f"CA{secrets.token_hex(16)}",
            "AccountSid": ACCOUNT,
            "CallStatus": "in-progress",
            "From": _phone(),
            "To": LINE,
        }
        keys = ({}, {"Digits": "1"}, {"Digits": "2"})
        made += [(f"/voice/{n}" if n else "/voice", {**call, **key}) for n, key in enumerate(keys)]
    return made


def signed(requests: Iterable[Request]) -> list[Signed]:
    """Ready to send: the signing is Twilio's work, and is not timed."""
    return [
        (
            path,
            urlencode(fields).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Twilio-Signature": sign(f"{ORIGIN}{path}", fields, TOKEN),
            },
        )
        for path, fields in requests
    ]


def in_turn(port: int, requests: Sequence[Signed]) -> float:
    """Seconds for all of them, one after the other on one connection."""
    connection = _connection(port)
    started = time.perf_counter()
    for request in requests:
        _send(connection, request)
    return time.perf_counter() - started


def at_a_pace(port: int, requests: Sequence[Signed], rate: float, hands: int) -> list[float]:
    """Seconds that each took, counted from when it was due: whoever comes late waits longer.

    They come by chance, `rate` a second on average, and wait for nobody (an open loop).
    """
    due: queue.SimpleQueue[tuple[float, Signed] | None] = queue.SimpleQueue()
    took: list[float] = []
    senders = [threading.Thread(target=_work, args=(port, due, took)) for _ in range(hands)]
    for sender in senders:
        sender.start()
    for moment, request in zip(_moments(rate), requests, strict=False):
        time.sleep(max(0.0, moment - time.perf_counter()))
        due.put((moment, request))
    for _ in senders:
        due.put(None)
    for sender in senders:
        sender.join()
    return took


def _moments(rate: float) -> Iterator[float]:
    chance, at = random.Random(7), time.perf_counter() + 0.2  # noqa: S311
    while True:
        at += chance.expovariate(rate)
        yield at


def _work(
    port: int, due: "queue.SimpleQueue[tuple[float, Signed] | None]", took: list[float]
) -> None:
    connection = _connection(port)
    while (one := due.get()) is not None:
        moment, request = one
        _send(connection, request)
        took.append(time.perf_counter() - moment)


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=20)


def _send(connection: http.client.HTTPConnection, request: Signed) -> None:
    path, body, headers = request
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} to {path}")


def _phone() -> str:
    return f"+447{secrets.randbelow(10**9):09d}"


def _text(phone: str, body: str) -> Request:
    return (
        "/sms",
        {
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "AccountSid": ACCOUNT,
            "From": phone,
            "To": LINE,
            "NumMedia": "0",
            "Body": body,
        },
    )
