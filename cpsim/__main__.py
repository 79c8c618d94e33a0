"""`python -m cpsim` is the same as `cpsim`."""

from cpsim.cli.main import main

main()
