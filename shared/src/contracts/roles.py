"""The roles a person or client can hold, as Keycloak and the directory say them."""

LA_MANAGER = "la-manager"
LA_TECHNICIAN = "la-technician"
SCHOOL_TECHNICIAN = "school-technician"
SCHOOL_LEADER = "school-leader"
STAFF = "staff"
LEARNER = "learner"
AUDITOR = "auditor"
REGIONAL_ANALYST = "regional-analyst"
RBC_SYSTEM = "rbc-system"

LA_WIDE = frozenset({LA_MANAGER, LA_TECHNICIAN, AUDITOR, RBC_SYSTEM})
"""Held over every school of an LA (an RBC system: of a region's LAs)."""

AUDIT_READERS = frozenset({AUDITOR, LA_MANAGER, SCHOOL_LEADER})
"""Who reads the record of who did what: of their LA, a leader of their own school."""

OF_A_SCHOOL = frozenset({SCHOOL_TECHNICIAN, SCHOOL_LEADER, STAFF, LEARNER})
"""Held in single schools."""

NAMED_SCHOOLS = LA_WIDE | OF_A_SCHOOL
"""Everyone who may know a school by name; a regional analyst reads aggregates only."""

SECOND_FACTOR = frozenset({LA_MANAGER, LA_TECHNICIAN, AUDITOR, REGIONAL_ANALYST})
"""Reads or exports more than one school's: signing in takes a second step."""
