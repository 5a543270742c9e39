"""``python -m nspl_sim`` is ``nspl``."""

from nspl_sim.cli.main import main

main()
