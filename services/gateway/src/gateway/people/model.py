"""Which roles see whom."""

from chassis.auth import Access
from contracts import roles

PEOPLE_ACCESS = Access(
    read=roles.LA_WIDE | {roles.SCHOOL_TECHNICIAN, roles.SCHOOL_LEADER}
)
