-- The row-level scope of a transaction. Every function runs with the caller's rights.
--
-- The scope lives in transaction-local settings. Outside a transaction they read as
-- NULL or as the empty string, and both mean: nothing is visible.
-- depends:

SET lock_timeout = '2s';

GRANT USAGE ON SCHEMA public TO joinedup_app, joinedup_worker;

-- Two statements in one volatile function: the scope is set before the query that
-- follows is planned or run. A set_config() inside a CTE or select list depends on the
-- order in which the plan evaluates it, and was seen to return another tenant's rows.
CREATE FUNCTION enter_scope(
    principal text,
    read_las text [],
    read_schools uuid [],
    write_las text [],
    write_schools uuid [],
    own_schools uuid []
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER
AS $$
BEGIN
    IF coalesce(current_setting('joinedup.principal', true), '') <> '' THEN
        RAISE EXCEPTION 'a scope is already set' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM set_config('joinedup.principal', principal, true);
    PERFORM set_config('joinedup.read_las', read_las::text, true);
    PERFORM set_config('joinedup.read_schools', read_schools::text, true);
    PERFORM set_config('joinedup.write_las', write_las::text, true);
    PERFORM set_config('joinedup.write_schools', write_schools::text, true);
    PERFORM set_config('joinedup.own_schools', own_schools::text, true);
END
$$;

CREATE FUNCTION scope_principal() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN nullif(current_setting('joinedup.principal', true), '');

CREATE FUNCTION scope_read_las() RETURNS text []
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN coalesce(nullif(current_setting('joinedup.read_las', true), ''), '{}')::text [];

CREATE FUNCTION scope_read_schools() RETURNS uuid []
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN coalesce(nullif(current_setting('joinedup.read_schools', true), ''), '{}')::uuid [];

CREATE FUNCTION scope_write_las() RETURNS text []
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN coalesce(nullif(current_setting('joinedup.write_las', true), ''), '{}')::text [];

CREATE FUNCTION scope_write_schools() RETURNS uuid []
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN coalesce(nullif(current_setting('joinedup.write_schools', true), ''), '{}')::uuid [];

CREATE FUNCTION scope_own_schools() RETURNS uuid []
LANGUAGE sql STABLE PARALLEL SAFE SECURITY INVOKER
RETURN coalesce(nullif(current_setting('joinedup.own_schools', true), ''), '{}')::uuid [];

-- One way to secure a table that tenants own: row-level security forced on its owner
-- too; reading within the read scope, writing from and to the write scope only.
-- `own` is a further condition under which a row may be read, such as its requester's.
CREATE PROCEDURE secure_tenant_table(target regclass, own text DEFAULT 'false')
LANGUAGE plpgsql SECURITY INVOKER
AS $$
DECLARE
    reads CONSTANT text :=
        'la_code = ANY ((SELECT scope_read_las())::text [])'
        ' OR school_id = ANY ((SELECT scope_read_schools())::uuid [])';
    writes CONSTANT text :=
        'la_code = ANY ((SELECT scope_write_las())::text [])'
        ' OR school_id = ANY ((SELECT scope_write_schools())::uuid [])';
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY tenant_read ON %s FOR SELECT USING (%s)', target,
        CASE own WHEN 'false' THEN reads ELSE format('%s OR (%s)', reads, own) END);
    EXECUTE format('CREATE POLICY tenant_insert ON %s FOR INSERT WITH CHECK (%s)', target, writes);
    EXECUTE format('CREATE POLICY tenant_update ON %s FOR UPDATE USING (%s) WITH CHECK (%s)', target, writes, writes);
    EXECUTE format('CREATE POLICY tenant_delete ON %s FOR DELETE USING (%s)', target, writes);
END
$$;
