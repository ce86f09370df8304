"""The week's post about kit: how it stands where its reader looks after it."""
