"""The world: regions, patients' classes, streams and transport, checked before anything runs."""
