"""Chance: who comes, when, needing what. Everything random about a replication, drawn first."""
