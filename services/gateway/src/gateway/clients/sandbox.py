"""Where clients are tried: an authority that is none, with one school for each LA.

A sandbox client sees and changes what is in its LA's sandbox school, and no real row.
The school is proposed to open, so that no comparison counts it.
"""

from chassis.db import Database
from gateway.clients.model import SANDBOX_LA, sandbox_urn
from gateway.directory import loading
from gateway.directory.document import (
    AuthorityEntry,
    DirectoryDocument,
    RegionEntry,
    SchoolEntry,
)

_REGION = "SANDBOX"


async def ensure_school(db: Database, la_code: str) -> None:
    """Let an LA have its sandbox school, known to all services; again is as once."""
    await loading.load_directory(db, _document(la_code))


def _document(la_code: str) -> DirectoryDocument:
    return DirectoryDocument(
        regions=[RegionEntry(region_code=_REGION, name="Sandbox")],
        authorities=[
            AuthorityEntry(la_code=SANDBOX_LA, name="Sandbox", region_code=_REGION)
        ],
        schools=[
            SchoolEntry(
                urn=sandbox_urn(la_code),
                laestab=f"{SANDBOX_LA}/0{la_code}",
                la_code=SANDBOX_LA,
                name=f"Sandbox school of authority {la_code}",
                phase="primary",
                status="proposed-to-open",
                pupils=210,
            )
        ],
        people=[],
        assignments=[],
    )
