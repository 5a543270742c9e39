"""Tests keep whole courses for each other: the collector goes through what lasts more seldom."""

import gc

gc.set_threshold(50_000, 20, 50)
