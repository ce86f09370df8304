"""The desk: every school's tickets as the service desk says them, and their count."""
