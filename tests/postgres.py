"""A throw-away PostgreSQL: its own folder and socket, gone after the tests."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg


class Cluster:
    """One server on a unix socket; `fresh` copies a migrated template in milliseconds."""

    template = "heard_template"

    def __init__(
        self,
        _folder: Path,
        safe: bool = False,
        synced: bool = False,
        inside: Sequence[str] = (),
        listen: str = "",
    ) -> None:
        """A `safe` one may be killed: what it commits is with the kernel before it says so.
        A `synced` one waits for the disk as well, as everybody's does that is not thrown away.

        `inside`: what goes before its commands, where it runs on another host; there it listens
        at an address too.
        """
        self._inside, self._listen = inside, listen
        self._commit = "on" if safe or synced else "off"
        self._sync = "on" if synced else "off"
        # A short folder: socket paths are cut off at about a hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix="hpg"))
        self._names = (f"heard_{n}" for n in itertools.count())

    def __enter__(self) -> "Cluster":
        if os.geteuid() == 0:
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, -1)
        data = self.folder / "data"
        self._run(
            "initdb",
            "-D",
            data,
            "-U",
            "heard",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        )
        if self._listen:
            with (self.folder / "data" / "pg_hba.conf").open("a") as doors:
                doors.write("host all all samenet trust\n")
        self._start()
        self._admin(f"CREATE DATABASE {self.template}")
        return self

    def __exit__(self, *_: object) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def crash(self) -> None:
        """Killed with -9, and started again: the next start recovers what was committed."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        for _ in range(20):  # its children take a moment to notice
            time.sleep(0.5)
            try:
                return self._start()
            except subprocess.CalledProcessError:
                continue
        raise TimeoutError("PostgreSQL did not come back")

    def _start(self) -> None:
        # Against a power cut PostgreSQL has its own promise; in tests only speed counts.
        options = (
            f"-k {self.folder} -c listen_addresses={self._listen} -c fsync={self._sync} "
            f"-c full_page_writes={self._sync} -c synchronous_commit={self._commit} "
            "-c max_connections=90"
        )
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-l", log, "-o", options, "start")

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://heard@/{name}?host={self.folder}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """A database like the template, dropped afterwards."""
        name = next(self._names)
        self._admin(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY file_copy")
        yield self.url(name)
        self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A database without any table, dropped afterwards."""
        name = next(self._names)
        self._admin(f"CREATE DATABASE {name} TEMPLATE template0")
        yield self.url(name)
        self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def _admin(self, statement: str) -> None:
        with psycopg.connect(
            f"host={self.folder} user=heard dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def _run(self, program: str, *words: object) -> None:
        found = shutil.which(program) or str(
            max(
                Path("/usr/lib/postgresql").glob(f"*/bin/{program}"),
                key=lambda path: int(path.parts[4]),
            )
        )
        user = ["setpriv", "--reuid", "postgres", "--clear-groups"] if os.geteuid() == 0 else []
        subprocess.run(
            [*self._inside, *user, found, *map(str, words)],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )
