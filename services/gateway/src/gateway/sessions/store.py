"""One function per statement on sessions."""

from datetime import datetime

from chassis import sql
from chassis.db import Tx
from gateway.sessions.model import Ended, Seat, Session, Viewing

QUERIES = sql.load("gateway.sessions")
INSERT_SESSION = QUERIES.command("insert_session")
GET_SESSION = QUERIES.rows("get_session", Session)
LOCK_DUE_SESSION = QUERIES.rows("lock_due_session", Session)
UPDATE_TOKENS = QUERIES.command("update_tokens")
POSTPONE_REFRESH = QUERIES.command("postpone_refresh")
TOUCH_SESSION = QUERIES.command("touch_session")
BEGIN_VIEWING = QUERIES.command("begin_viewing")
END_VIEWING = QUERIES.command("end_viewing")
DELETE_SESSION = QUERIES.rows("delete_session", Ended)
GET_PRINCIPAL = QUERIES.scalar("get_principal", str)
DELETE_KEYCLOAK_SESSION = QUERIES.rows("delete_keycloak_session", Ended)
LIST_SESSIONS = QUERIES.rows("list_sessions", Seat)
LIST_OTHER_SESSIONS = QUERIES.rows("list_other_sessions", Session)
DELETE_OTHER_SESSIONS = QUERIES.rows("delete_other_sessions", Ended)
DELETE_EXPIRED_SESSIONS = QUERIES.rows("delete_expired_sessions", Ended)


async def insert_session(tx: Tx, session: Session) -> None:
    await tx.run(INSERT_SESSION, session)


async def get_session(tx: Tx, session_hash: bytes) -> Session | None:
    return await tx.maybe(GET_SESSION, {"session_hash": session_hash})


async def lock_due_session(
    tx: Tx, session_hash: bytes, present: datetime
) -> Session | None:
    return await tx.maybe(
        LOCK_DUE_SESSION, {"session_hash": session_hash, "present": present}
    )


async def update_tokens(
    tx: Tx, session_hash: bytes, tokens: bytes, refresh_at: datetime
) -> None:
    await tx.run(
        UPDATE_TOKENS,
        {"session_hash": session_hash, "tokens": tokens, "refresh_at": refresh_at},
    )


async def postpone_refresh(
    tx: Tx, session_hash: bytes, refresh_at: datetime, present: datetime
) -> None:
    await tx.run(
        POSTPONE_REFRESH,
        {"session_hash": session_hash, "refresh_at": refresh_at, "present": present},
    )


async def touch_session(tx: Tx, session_hash: bytes, present: datetime) -> None:
    await tx.run(TOUCH_SESSION, {"session_hash": session_hash, "present": present})


async def begin_viewing(tx: Tx, session_hash: bytes, viewing: Viewing) -> bool:
    return (
        await tx.run(
            BEGIN_VIEWING,
            {
                "session_hash": session_hash,
                "person_id": viewing.person_id,
                "la_codes": viewing.la_codes,
                "until": viewing.until,
            },
        )
        > 0
    )


async def end_viewing(tx: Tx, session_hash: bytes) -> bool:
    return await tx.run(END_VIEWING, {"session_hash": session_hash}) > 0


async def delete_session(tx: Tx, session_hash: bytes) -> list[Ended]:
    return await tx.all(DELETE_SESSION, {"session_hash": session_hash})


async def get_principal(tx: Tx, keycloak_sid: str) -> str | None:
    return await tx.maybe(GET_PRINCIPAL, {"keycloak_sid": keycloak_sid})


async def delete_keycloak_session(tx: Tx, keycloak_sid: str) -> list[Ended]:
    return await tx.all(DELETE_KEYCLOAK_SESSION, {"keycloak_sid": keycloak_sid})


async def list_sessions(tx: Tx, principal: str) -> list[Seat]:
    return await tx.all(LIST_SESSIONS, {"principal": principal})


async def list_other_sessions(
    tx: Tx, principal: str, session_hash: bytes
) -> list[Session]:
    asked = {"principal": principal, "session_hash": session_hash}
    return await tx.all(LIST_OTHER_SESSIONS, asked)


async def delete_other_sessions(
    tx: Tx, principal: str, session_hash: bytes
) -> list[Ended]:
    asked = {"principal": principal, "session_hash": session_hash}
    return await tx.all(DELETE_OTHER_SESSIONS, asked)


async def delete_expired_sessions(
    tx: Tx, idle_since: datetime, created_before: datetime
) -> list[Ended]:
    return await tx.all(
        DELETE_EXPIRED_SESSIONS,
        {"idle_since": idle_since, "created_before": created_before},
    )
