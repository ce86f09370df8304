"""What the register says, what that changes, and who may bring it in; no I/O."""
