"""A load test for a staging line of your own: texts and calls at a steady pace, signed as Twilio's.

    TWILIO_AUTH_TOKEN=... python deploy/load.py https://staging.example.org --account AC... \\
        --number +441214960000 --rate 5 --seconds 60 --yes-this-is-my-staging

Python alone is enough. It makes real items on that line, so never aim it at the line that people
use: it asks for the flag, keeps to 200 a second and ten minutes, and sends from numbers that Ofcom
keeps for drama. Exit 1 when an answer was not 200, or one in a hundred took longer than `--limit`.
"""

import argparse
import base64
import hashlib
import hmac
import http.client
import os
import queue
import secrets
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

MOST_A_SECOND, LONGEST = 200.0, 600
TEXTS = ("The nurse was kind and explained everything", "2", "4", "1", "no")
KEYS: tuple[dict[str, str], ...] = ({}, {"Digits": "1"}, {"Digits": "2"})
HANDS = 64

Webhook = tuple[str, dict[str, str]]


def main(words: list[str] | None = None) -> int:
    """Run it as the command line says, and print what came of it."""
    asked = _arguments(words)
    token = os.environ.get("TWILIO_AUTH_TOKEN", "")
    if not asked.yes_this_is_my_staging:
        sys.exit(f"{asked.origin} gets real items: say --yes-this-is-my-staging if it is yours.")
    if not token:
        sys.exit("TWILIO_AUTH_TOKEN is missing: the token of the staging line's account.")
    took, failed = run(asked, token)
    if not took:
        sys.exit(f"nothing was answered: {failed[:1]}")
    slow = statistics.quantiles(took, n=100)[98] if len(took) > 1 else took[0]
    middle = statistics.median(took)
    print(f"{len(took)} answered, {len(failed)} failed: {sorted(set(failed))[:5]}")
    print(f"median {middle * 1000:.0f} ms, 99 in 100 within {slow * 1000:.0f} ms")
    return int(bool(failed) or slow > asked.limit)


def run(asked: argparse.Namespace, token: str) -> tuple[list[float], list[str]]:
    """Seconds from when each was due to its answer, and what went wrong with the others."""
    due: queue.SimpleQueue[tuple[float, Webhook] | None] = queue.SimpleQueue()
    took: list[float] = []
    failed: list[str] = []
    hands = [
        # Ctrl-C ends it at once, whatever they still wait for.
        threading.Thread(target=_work, args=(asked.origin, token, due, took, failed), daemon=True)
        for _ in range(HANDS)
    ]
    for hand in hands:
        hand.start()
    started, webhooks = time.monotonic(), _webhooks(asked.account, asked.number)
    for n in range(int(asked.rate * asked.seconds)):
        moment = started + n / asked.rate
        time.sleep(max(0.0, moment - time.monotonic()))
        due.put((moment, next(webhooks)))
    for _ in hands:
        due.put(None)
    for hand in hands:
        hand.join()
    return took, failed


def sign(url: str, fields: dict[str, str], token: str) -> str:
    """Twilio's signature of a form sent to the full address."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.digest(token.encode(), text.encode(), hashlib.sha1)).decode()


def _webhooks(account: str, number: str) -> Iterator[Webhook]:
    """For ever: a whole conversation by text, then a whole call, each from some phone."""
    while True:
        phone = f"+447700900{secrets.randbelow(1000):03d}"
        both = {"AccountSid": account, "From": phone, "To": number}
        for body in TEXTS:
            sid = {"MessageSid": f"SM{secrets.token_hex(16)}", "NumMedia": "0"}
            yield "/sms", {**both, **sid, "Body": body}
        call = {"CallSid": f"CA{secrets.token_hex(16)}", "CallStatus": "in-progress"}
        for turn, keys in enumerate(KEYS):
            yield f"/voice/{turn}" if turn else "/voice", {**both, **call, **keys}
        yield "/voice/status", {**both, **call, "CallStatus": "completed"}


def _work(
    origin: str,
    token: str,
    due: "queue.SimpleQueue[tuple[float, Webhook] | None]",
    took: list[float],
    failed: list[str],
) -> None:
    while (one := due.get()) is not None:
        moment, (path, fields) = one
        try:
            status = _post(origin, path, fields, token)
        except (OSError, http.client.HTTPException) as why:
            failed.append(type(why).__name__)
            continue
        if status == 200:
            took.append(time.monotonic() - moment)
        else:
            failed.append(f"{status} to {path}")


def _post(origin: str, path: str, fields: dict[str, str], token: str) -> int:
    parts = urlsplit(origin)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=15)  # as long as Twilio waits
    try:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": sign(origin + path, fields, token),
        }
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _arguments(words: list[str] | None) -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="Load a staging line of your own.")
    asked.add_argument("origin", type=_origin, help="its PUBLIC_URL")
    asked.add_argument("--account", required=True, help="its TWILIO_ACCOUNT_SID")
    asked.add_argument("--number", default="+441214960000", help="a number of its line.toml")
    asked.add_argument("--rate", type=_rate, default=5.0, help="webhooks a second")
    asked.add_argument("--seconds", type=_seconds, default=30, help="for how long")
    asked.add_argument("--limit", type=float, default=2.0, help="seconds for 99 in 100")
    asked.add_argument("--yes-this-is-my-staging", action="store_true")
    return asked.parse_args(words)


def _origin(value: str) -> str:
    parts = urlsplit(value.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise argparse.ArgumentTypeError("give an origin such as https://staging.example.org")
    return value.rstrip("/")


def _rate(value: str) -> float:
    if not 0 < float(value) <= MOST_A_SECOND:
        raise argparse.ArgumentTypeError(f"above 0 and at most {MOST_A_SECOND:.0f} a second")
    return float(value)


def _seconds(value: str) -> int:
    if not 0 < int(value) <= LONGEST:
        raise argparse.ArgumentTypeError(f"above 0 and at most {LONGEST} s")
    return int(value)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("broken off")
