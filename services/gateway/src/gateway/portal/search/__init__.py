"""The search box of every page: schools, kit, tickets and people of one's own scope."""
