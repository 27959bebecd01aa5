"""Hosts on one machine: a network namespace each, on a switch of their own, by cables to be cut."""

import os
import shutil
import subprocess
from collections.abc import Sequence

NETWORK = "10.77.0"
IP = shutil.which("ip") or "/usr/sbin/ip"


class Net:
    """Namespaces by name. Needs root and `ip` (iproute2); raises CalledProcessError without.

    Entered, it makes them and takes them away again; another process may name the same by `prefix`.
    """

    def __init__(self, hosts: Sequence[str], prefix: str = "") -> None:
        self.prefix = prefix or f"h{os.getpid()}"
        self._addresses = {name: f"{NETWORK}.{at}" for at, name in enumerate(hosts, 10)}
        self._switch = f"{self.prefix}-switch"

    def address(self, name: str) -> str:
        return self._addresses[name]

    def inside(self, name: str) -> list[str]:
        """What goes before a command for it to run on that host."""
        return [IP, "netns", "exec", self._space(name)]

    def cut(self, name: str) -> None:
        """The host hears nobody and nobody hears it; its processes live on."""
        _ip("-n", self._switch, "link", "set", self._end(name), "down")

    def mend(self, name: str) -> None:
        _ip("-n", self._switch, "link", "set", self._end(name), "up")

    def __enter__(self) -> "Net":
        _ip("netns", "add", self._switch)
        _ip("-n", self._switch, "link", "add", "bridge", "type", "bridge")
        _ip("-n", self._switch, "link", "set", "bridge", "up")
        for name in self._addresses:
            self._plug_in(name)
        return self

    def __exit__(self, *_: object) -> None:
        for space in (*map(self._space, self._addresses), self._switch):
            subprocess.run([IP, "netns", "del", space], check=False)

    def _plug_in(self, name: str) -> None:
        space, end = self._space(name), self._end(name)
        _ip("netns", "add", space)
        pair = ("type", "veth", "peer", "eth0", "netns", space)
        _ip("link", "add", end, "netns", self._switch, *pair)
        _ip("-n", self._switch, "link", "set", end, "master", "bridge", "up")
        _ip("-n", space, "addr", "add", f"{self._addresses[name]}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            _ip("-n", space, "link", "set", device, "up")

    def _space(self, name: str) -> str:
        return f"{self.prefix}-{name}"

    def _end(self, name: str) -> str:
        return f"to-{name}"  # it lies in the switch's own namespace


def _ip(*words: str) -> None:
    subprocess.run([IP, *words], check=True)
