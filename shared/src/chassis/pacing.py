"""How whoever works off a stream keeps a step with it: a rest after every few facts.

What comes meanwhile is worked off at once, and most of the work (a transaction, an
answer of the broker, the comparison of an LA made anew) is the same for one as for
many. A fact after a silence never waits.
"""

_TIMES = 3
_LEAST, _MOST = 0.02, 0.05


def rest(worked: float) -> float:
    """Say how many seconds to rest after work of so many: three times as many.

    So what is quick takes a quarter of a processor at most; on a busy machine, where
    work lasts longer, more of it is done at once. No fact is kept waiting so for longer
    than a twentieth of a second.
    """
    return min(max(_TIMES * worked, _LEAST), _MOST)
