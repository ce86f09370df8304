"""Enrolment keys: by them a school's agents prove whose they are."""
