"""The national register of schools (GIAS) brought into the directory."""
