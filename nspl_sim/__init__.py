"""Simulate a nation's care under surge, and compare plans of mutual support on the same patients."""

__version__ = "0.1.0"

#: Raised whenever the same inputs would give other numbers; part of every fingerprint.
MODEL_VERSION = 1
