"""The smallest balancer: hosts in turn; who does not answer is passed over, and what was sent to it
goes to the next. `python -m bench.balancer PORT HOST:PORT ...`

A webhook may reach two hosts that way: the line takes each SID once.
"""

import asyncio
import sys
from contextlib import suppress
from itertools import count

PATIENCE = 1.0  # seconds for a connection
ANSWER = 6.0  # seconds for the first byte of an answer: the host may have been cut off


def main(words: list[str]) -> None:
    hosts = [tuple(word.rsplit(":", 1)) for word in words[1:]]
    asyncio.run(_serve(int(words[0]), [(name, int(port)) for name, port in hosts]))


async def _serve(port: int, hosts: list[tuple[str, int]]) -> None:
    turns = count()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            asked = await _request(reader)
            first = next(turns)
            for number in range(2 * len(hosts)):
                answer = await _ask(hosts[(first + number) % len(hosts)], asked)
                if answer:
                    writer.write(answer)
                    await writer.drain()
                    break
        writer.close()

    server = await asyncio.start_server(take, "0.0.0.0", port)  # noqa: S104
    await server.serve_forever()


async def _request(reader: asyncio.StreamReader) -> bytes:
    """One whole request, which asks for the connection to be closed after it."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if line]
    fields = {name.lower(): value for name, _, value in (one.partition(b":") for one in lines[1:])}
    body = await reader.readexactly(int(fields.get(b"content-length", b"0")))
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close", b"", body])


async def _ask(host: tuple[str, int], asked: bytes) -> bytes:
    """A host's whole answer; nothing, where it does not give one."""
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(*host), PATIENCE)
    except (OSError, TimeoutError):
        return b""
    try:
        writer.write(asked)
        await writer.drain()
        return await asyncio.wait_for(reader.read(-1), ANSWER)
    except (OSError, TimeoutError):
        return b""
    finally:
        writer.close()


if __name__ == "__main__":
    main(sys.argv[1:])
