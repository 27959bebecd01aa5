"""Every table of ours: whoever needs all of them imports this, so that none is forgotten."""

import store.access_rows
import store.alert_rows
import store.arrival_rows
import store.board_rows
import store.coding_rows
import store.copy_rows
import store.doing_rows
import store.erasure_rows
import store.holding
import store.models
import store.needs
import store.provider_rows
import store.safeguarding_rows
import store.staff
import store.upkeep  # noqa: F401 (its tables)
from store.columns import Base

METADATA = Base.metadata
