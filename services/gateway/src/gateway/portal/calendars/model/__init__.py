"""Calendars in words; no I/O.

`words` of days and times, `months` of a year, `entries` of what is written, and
`reading` of what somebody typed.
"""
