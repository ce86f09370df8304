"""Will it run? What software needs, held against a school's machines, on a page."""
