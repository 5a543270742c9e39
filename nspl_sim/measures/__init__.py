"""From the journal to numbers: what a run came to. Knows neither demand nor system."""
