"""Its verbs: `python -m servicedesk api|worker|migrate|replay|restate`."""

from chassis import process
from servicedesk.work import SERVICE

if __name__ == "__main__":
    process.main(SERVICE)
