"""The demo model, loaded once for all tests of this room."""

import pytest

from speech import models, transcriber


@pytest.fixture(scope="session")
def model() -> transcriber.Model:
    return transcriber.load(models.DEMO, models.DEMO_NAME)
