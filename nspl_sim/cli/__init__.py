"""The command line: words to functions, and nothing else. English names; what is said is Swedish first."""
