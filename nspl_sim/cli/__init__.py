"""The command line: words to functions, and nothing else. Names are English; what is said is Swedish first."""
