"""How a web process loads: garbage is looked for again before it forks."""

import gc
import runpy

import pytest

from tests.conftest import ROOT


@pytest.fixture
def loading():
    yield runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    gc.unfreeze()
    gc.enable()


def test_nothing_is_looked_through_for_garbage_while_it_loads(loading):
    assert not gc.isenabled()


def test_what_was_loaded_is_set_aside_and_garbage_is_looked_for_again(loading):
    loading["when_ready"](None)

    assert gc.isenabled()
    assert gc.get_freeze_count() > 1000
