"""`python -m unspun` is the same as `unspun`."""

from unspun.cli import main

main()
