"""How schools are compared, and what may be told of small groups; no I/O."""
