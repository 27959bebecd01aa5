"""What the thousands of apps of a test run share: addresses, templates and SQL, compiled once.

Each app is built as ever. But all save 12 of the 75 ms that this took went into compiling the
same 89 addresses, its first page compiles templates, and its first statements SQL; these depend
on their own text alone.
"""

from collections.abc import Callable

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

Built = Callable[..., tuple[str, str]]


class Compiled(BytecodeCache):
    """The templates that this process has compiled, by name and text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def share() -> None:
    """From now on every app in this process shares what is compiled."""
    Flask.jinja_options = {"bytecode_cache": Compiled()}
    _share_addresses()
    _share_sql()


def _share_addresses() -> None:
    compiled: dict[tuple[object, ...], Built] = {}
    compile_builder = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Built:
        # What werkzeug compiles takes the rule as its first argument, so it fits its equals too.
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = once


def _share_sql() -> None:
    # An engine keeps what it compiled by its dialect, of which each has one of its own; all of a
    # kind are made by the same words of ours (store/engine.py).
    Dialect.__eq__ = lambda one, other: type(one) is type(other)
    Dialect.__hash__ = lambda one: hash(type(one))
    compiled = LRUCache(2000)

    @event.listens_for(Engine, "engine_connect")
    def share_it(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)
