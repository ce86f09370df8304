"""The same days for the calendars of many schools at once, on pages of an LA."""
