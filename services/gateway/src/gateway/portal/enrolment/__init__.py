"""The pages of a school's enrolment keys, and of setting machines up to report."""
