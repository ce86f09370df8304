"""Pictures that people send: made anew from their pixels, one at a time."""
