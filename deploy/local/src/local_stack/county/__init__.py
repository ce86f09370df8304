"""The demonstration county: invented schools, people, kit and tickets, always alike."""
