"""Its verbs: `python -m strategy api|worker|migrate|replay`."""

from chassis import process
from strategy.work import SERVICE

if __name__ == "__main__":
    process.main(SERVICE)
