"""The school-time engine: when a school is open, for how long, and what may be done.

Pure: no clock, no database. The files read from what is written down to what is worked
out of it: `hours`, `periods`, `layers` (what an LA and a school say), `days` (what each
day is), `openings` (when somebody is there), `clock` (working time), `versions` (a
calendar that changes), `windows` (may it be done then) and `counting` (190 days).
"""
