"""What is left of somebody's roles for whoever looks as them; pure."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chassis.auth import Access, Actor, Grant
from contracts import roles
from gateway.viewing import model

SCHOOLS = [UUID(int=n) for n in range(1, 5)]
LAS = ["940", "941", "942"]
ROLES = sorted(roles.NAMED_SCHOOLS | {roles.REGIONAL_ANALYST})
A, B, *_ = SCHOOLS

GRANTS = st.builds(
    Grant,
    st.sampled_from(ROLES),
    st.lists(st.sampled_from(LAS), unique=True).map(tuple),
    st.lists(st.sampled_from(SCHOOLS), unique=True).map(tuple),
)


def test_a_person_of_two_las_shows_the_one_that_both_are_in() -> None:
    held = [Grant(roles.LA_MANAGER, ("940", "941")), Grant(roles.AUDITOR, ("941",))]

    found = model.narrowed(held, ["940"], [])

    assert found == (Grant(roles.LA_MANAGER, ("940",)),)


def test_schools_of_the_la_stay_with_their_role_and_others_go() -> None:
    held = [Grant(roles.STAFF, (), (A, B)), Grant(roles.SCHOOL_TECHNICIAN, (), (B,))]

    assert model.narrowed(held, ["940"], [A]) == (Grant(roles.STAFF, (), (A,)),)


def test_a_region_is_seen_for_the_administrators_part_of_it_alone() -> None:
    held = [Grant(roles.REGIONAL_ANALYST, ("940", "941", "942"))]

    assert model.narrowed(held, ["941"], []) == (
        Grant(roles.REGIONAL_ANALYST, ("941",)),
    )
    assert model.narrowed(held, ["333"], [A]) == ()


def test_who_holds_nothing_shows_nothing() -> None:
    assert model.narrowed([], LAS, SCHOOLS) == ()
    assert model.narrowed([Grant(roles.STAFF, (), (A,))], [], []) == ()


@given(
    st.lists(GRANTS, max_size=5),
    st.sets(st.sampled_from(LAS)),
    st.sets(st.sampled_from(SCHOOLS)),
    st.frozensets(st.sampled_from(ROLES)),
)
def test_nothing_is_given_and_nothing_that_both_have_is_taken(
    held: list[Grant], las: set[str], schools: set[UUID], some: frozenset[str]
) -> None:
    theirs = Actor("somebody", "person", tuple(held))
    shown = Actor("somebody", "person", model.narrowed(held, las, schools))

    assert set(shown.las(some)) == set(theirs.las(some)) & las
    assert set(shown.schools(some)) == set(theirs.schools(some)) & schools


@given(st.lists(GRANTS, max_size=5), st.frozensets(st.sampled_from(ROLES)))
def test_who_looks_writes_nowhere_and_owns_nothing(
    held: list[Grant], some: frozenset[str]
) -> None:
    actor = Actor("somebody", "person", tuple(held), "administrator")

    scope = actor.scope(Access(read=some, write=some, own=some))

    assert (scope.write_las, scope.write_schools) == ([], [])
    assert scope.principal not in {"somebody", "administrator"}
    assert (scope.read_las, scope.own_schools) == (
        actor.las(some),
        actor.schools(some),
    )


def test_only_a_manager_of_their_la_looks_as_somebody_and_never_as_themselves() -> None:
    one, other = UUID(int=1), UUID(int=2)
    manager = Actor(str(one), "person", (Grant(roles.LA_MANAGER, ("940",)),))
    looking = Actor(str(one), "person", manager.grants, "somebody")

    assert model.may_view(manager, other, ["941", "940"])
    assert not model.may_view(manager, other, ["941", None])
    assert not model.may_view(manager, one, ["940"])
    assert not model.may_view(looking, other, ["940"])
    for role in {*ROLES} - {roles.LA_MANAGER}:
        holder = Actor(str(one), "person", (Grant(role, ("940",), (A,)),))
        assert not model.may_view(holder, other, ["940"])
