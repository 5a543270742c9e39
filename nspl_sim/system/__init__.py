"""Mechanism: the discrete-event system. Deterministic; nothing is drawn here. Read journey.py first."""
