"""For planners: design points x replications. The only place where chance meets mechanism."""
