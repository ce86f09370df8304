"""Its verbs: `python -m inventory api|worker|migrate|replay|restate`."""

from chassis import process
from inventory.app import SERVICE

if __name__ == "__main__":
    process.main(SERVICE)
