"""What machines say of themselves may be long: the index of systems holds it."""

import random

from tests.inventory.world import TECHNICIAN, Call, registered

LONGEST = 200


async def test_the_longest_system_and_processor_are_kept_whole(by: Call) -> None:
    rng = random.Random(1)
    # Four bytes each, in no order: nothing of it can be packed.
    signs = "".join(chr(rng.randrange(0x20000, 0x2A6D0)) for _ in range(3 * LONGEST))
    details = {
        "operating_system": f"Chrome{signs}"[:LONGEST],
        "os_version": signs[LONGEST : 2 * LONGEST],
        "processor": signs[2 * LONGEST :],
        "tpm": "none",
        "memory_gib": 65_535.999,
        "storage_gb": 9_999_999.999,
    }

    asset = await registered(
        by(TECHNICIAN),
        manufacturer=signs[-120:],
        model=signs[-240:-120],
        details=details,
    )

    assert asset["details"] == details
    told = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}/support")
    assert told.status_code == 200, told.text
