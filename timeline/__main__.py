"""`python -m timeline`: the command line without its script."""

from timeline.cli import main

main()
