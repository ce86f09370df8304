"""Calendars: when a school is open, and the working time that clocks count."""
