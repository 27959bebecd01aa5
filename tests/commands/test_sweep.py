"""`sweep` by hand says everything that it did."""

from dataclasses import fields

from commands import sweep as command
from workers.sweep import Swept


def test_every_count_of_a_sweep_is_printed(run, monkeypatch):
    numbers = {one.name: 100 + n for n, one in enumerate(fields(Swept))}
    monkeypatch.setattr(command, "sweep_once", lambda *_: Swept(**numbers))

    printed = run(command.sweep).stdout

    assert sorted(int(line.split(": ")[1]) for line in printed.splitlines()) == [*numbers.values()]
