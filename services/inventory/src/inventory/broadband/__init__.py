"""Whether schools meet the broadband standard of the Department for Education."""
