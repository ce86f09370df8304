-- Somebody who looks as a person reads under a name of its own, so that a policy that knows
-- a row's owner by the principal shows them nothing. Where such rows are bounded by the
-- scope as well, a policy asks for the owner.
-- depends: 0001_scope

SET lock_timeout = '2s';

CREATE FUNCTION scope_owner() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN regexp_replace(scope_principal(), '^viewing:', '');
