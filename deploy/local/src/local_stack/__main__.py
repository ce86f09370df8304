"""`python -m local_stack` is the `joinedup` command."""

from local_stack import cli

if __name__ == "__main__":
    cli.main()
