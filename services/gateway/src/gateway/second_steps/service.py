"""Somebody looks at their own second steps, and takes one away."""

from dataclasses import dataclass
from datetime import datetime

from chassis import auth
from chassis.auth import Actor
from chassis.db import Database
from gateway.second_steps import model
from gateway.second_steps.account import Account
from gateway.second_steps.model import (
    SecondStep,
    SecondStepNeeded,
    SecondStepUnknown,
    SignInAgain,
)
from gateway.sessions.model import Session
from gateway.sessions.service import Sessions
from gateway.trail import service as trail
from gateway.trail.model import Said


@dataclass(frozen=True, slots=True)
class Parts:
    """Where second steps are kept, and the sessions whose tokens reach them."""

    account: Account
    sessions: Sessions


@dataclass(frozen=True, slots=True)
class Chosen:
    """A second step of somebody's, and what stands between it and its end."""

    step: SecondStep
    is_needed: bool
    is_fresh: bool


async def list_steps(parts: Parts, session: Session) -> list[SecondStep]:
    """List the second steps of whoever a session is of.

    Raises:
        IssuerDown: Keycloak, which keeps them, does not answer.
    """
    token = parts.sessions.access_token(session)
    return model.read(await parts.account.list_credentials(token))


async def get_step(
    parts: Parts, session: Session, actor: Actor, step_id: str, now: datetime
) -> Chosen:
    """Find one of somebody's second steps, and say whether it may be taken away.

    Raises:
        SecondStepUnknown: it is none of theirs.
        IssuerDown: Keycloak does not answer.
    """
    steps = await list_steps(parts, session)
    for step in steps:
        if step.id == step_id:
            held = [grant.role for grant in actor.grants]
            return Chosen(
                step,
                model.is_needed(steps, step, held),
                model.is_fresh(session.authenticated_at, now),
            )
    raise SecondStepUnknown


async def remove_step(
    db: Database,
    parts: Parts,
    session: Session,
    actor: Actor,
    step_id: str,
    now: datetime,
) -> None:
    """Take one of somebody's own second steps away.

    Raises:
        SecondStepNeeded: it is their last, and a role of theirs asks for one.
        SignInAgain: it is too long ago that they proved who they are.
        SecondStepUnknown: it is none of theirs.
        IssuerDown: Keycloak does not do it.
    """
    chosen = await get_step(parts, session, actor, step_id, now)
    if chosen.is_needed:
        raise SecondStepNeeded
    if not chosen.is_fresh:
        raise SignInAgain
    async with db.begin(trail.ourselves(actor), auth.SERVICE_ACCESS) as tx:
        said = Said(before={"kind": chosen.step.kind})
        await trail.record(tx, "second-step.removed", actor, said)
        # Within the transaction: what Keycloak refuses is not said to be done.
        await parts.account.remove(parts.sessions.access_token(session), step_id)
