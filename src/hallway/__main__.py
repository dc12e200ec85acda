"""`python -m hallway` is the command `hallway`."""

from hallway.cli import main

main()
