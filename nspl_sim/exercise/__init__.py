"""For exercise leaders: a course chosen openly, and injects whose every figure is true in it."""
