"""``nspl``, or ``python -m nspl_sim``: begins before the imports, so that Ctrl-C is heard from the start."""

import sys


def run() -> None:
    """Run the command line."""
    try:
        from nspl_sim.cli.main import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
