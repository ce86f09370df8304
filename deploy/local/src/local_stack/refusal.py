"""What stops a command of ours is one sentence that says what to do about it."""


class StackRefused(Exception):
    """The stack cannot do what was asked; the text is for the person who asked."""
