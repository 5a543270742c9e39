"""One simulated course, read for an exercise: what happened, and every quantity that a text may say."""
