-- What was promised to whom, in school time: by an LA, a school's team, or a supplier.
-- depends: servicedesk_0020_calendars

SET lock_timeout = '2s';

-- What core has of exclusion needs a range on either side: that of a text is the text.
-- squawk-ignore prefer-robust-stmts
CREATE TYPE text_span AS RANGE (subtype = text, collation = "C");

-- For one school, or (`school_id` is null) for all of an LA's. Who holds it writes it.
-- The minutes are of school time, one for each of the priorities 1 to 4.
CREATE TABLE agreement (
    la_code text NOT NULL,
    school_id uuid,
    agreement_id uuid NOT NULL DEFAULT uuidv7(),
    kind text NOT NULL,
    holder text NOT NULL,
    name text NOT NULL,
    supplier_name text,
    supplier_account text,
    supplier_email text,
    supplier_phone text,
    starts_on date NOT NULL,
    ends_on date,
    notice_days integer,
    renews text NOT NULL,
    service_credit text NOT NULL,
    is_managed_service boolean NOT NULL,
    response_minutes integer [] NOT NULL,
    update_minutes integer [] NOT NULL,
    fix_minutes integer [] NOT NULL,
    version integer NOT NULL DEFAULT 1,
    added_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    -- The last day on which it governs; null: until somebody ends it.
    until_on date GENERATED ALWAYS AS (CASE WHEN renews = 'none' THEN ends_on END) STORED,
    CONSTRAINT agreement_pkey PRIMARY KEY (la_code, agreement_id),
    CONSTRAINT agreement_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT agreement_holder_check CHECK (
        CASE kind
            WHEN 'school' THEN holder = 'authority'
            WHEN 'internal' THEN holder = 'school' AND school_id IS NOT NULL
            WHEN 'supplier' THEN holder = 'authority'
            OR (holder = 'school' AND school_id IS NOT NULL)
            ELSE false
        END
    ),
    CONSTRAINT agreement_supplier_check CHECK (
        CASE kind
            WHEN 'supplier' THEN supplier_name IS NOT NULL
            ELSE NOT is_managed_service
            AND num_nonnulls(
                supplier_name, supplier_account, supplier_email, supplier_phone
            ) = 0
        END
    ),
    CONSTRAINT agreement_days_check CHECK (starts_on <= ends_on AND notice_days > 0),
    CONSTRAINT agreement_renews_check CHECK (
        renews = 'none' OR (renews = 'yearly' AND ends_on IS NOT NULL)
    ),
    CONSTRAINT agreement_minutes_check CHECK (
        cardinality(response_minutes) = 4
        AND cardinality(update_minutes) = 4
        AND cardinality(fix_minutes) = 4
        AND 1 <= ALL(response_minutes || update_minutes || fix_minutes)
        AND 100000 >= ALL(response_minutes || update_minutes || fix_minutes)
    ),
    CONSTRAINT agreement_version_check CHECK (version > 0),
    -- Of two that promise the same school the same on one day, which would hold?
    CONSTRAINT agreement_apart EXCLUDE USING gist (
        text_span(
            kind || ' ' || la_code || ' ' || coalesce(school_id::text, ''),
            kind || ' ' || la_code || ' ' || coalesce(school_id::text, ''),
            '[]'
        ) WITH &&,
        daterange(starts_on, until_on, '[]') WITH &&
    ) WHERE (kind <> 'supplier')
);

CREATE INDEX agreement_by_id ON agreement (agreement_id);
CREATE INDEX agreement_of_school ON agreement (school_id);
CREATE INDEX agreement_promised ON agreement (la_code, kind, school_id, starts_on);

-- What an LA promises or has agreed for all of its schools is read by them, too. Whoever
-- opens a ticket reads what was promised of it: their own scope is enough.
ALTER TABLE agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE agreement FORCE ROW LEVEL SECURITY;
CREATE POLICY agreement_read ON agreement FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
    OR school_id = ANY((SELECT scope_own_schools())::uuid [])
    OR (
        school_id IS NULL
        AND la_code = ANY((
            SELECT array_agg(s.la_code) FROM school AS s
            WHERE
                s.school_id = ANY((SELECT scope_read_schools())::uuid [])
                OR s.school_id = ANY((SELECT scope_own_schools())::uuid [])
        )::text [])
    )
);
CREATE POLICY agreement_insert ON agreement FOR INSERT
WITH CHECK (
    (holder = 'authority' AND la_code = ANY((SELECT scope_write_las())::text []))
    OR (holder = 'school' AND school_id = ANY((SELECT scope_write_schools())::uuid []))
);
CREATE POLICY agreement_update ON agreement FOR UPDATE
USING (
    (holder = 'authority' AND la_code = ANY((SELECT scope_write_las())::text []))
    OR (holder = 'school' AND school_id = ANY((SELECT scope_write_schools())::uuid []))
)
WITH CHECK (
    (holder = 'authority' AND la_code = ANY((SELECT scope_write_las())::text []))
    OR (holder = 'school' AND school_id = ANY((SELECT scope_write_schools())::uuid []))
);
CREATE POLICY agreement_delete ON agreement FOR DELETE
USING (
    (holder = 'authority' AND la_code = ANY((SELECT scope_write_las())::text []))
    OR (holder = 'school' AND school_id = ANY((SELECT scope_write_schools())::uuid []))
);

-- An agreement as its readers are told of it. With the reader's rights: the scope binds
-- each table below.
CREATE VIEW agreement_told WITH (security_invoker = true) AS
SELECT
    a.agreement_id,
    a.la_code,
    a.school_id,
    s.urn AS school_urn,
    a.kind,
    a.holder,
    a.name,
    a.supplier_name,
    a.supplier_account,
    a.supplier_email,
    a.supplier_phone,
    a.starts_on,
    a.ends_on,
    a.notice_days,
    a.renews,
    a.service_credit,
    a.is_managed_service,
    a.response_minutes,
    a.update_minutes,
    a.fix_minutes,
    a.version,
    a.added_at,
    a.changed_at
FROM agreement AS a
LEFT JOIN school AS s ON a.school_id = s.school_id;

GRANT SELECT ON agreement_told TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (
    name, supplier_name, supplier_account, supplier_email, supplier_phone, starts_on,
    ends_on, notice_days, renews, service_credit, is_managed_service, response_minutes,
    update_minutes, fix_minutes, version, changed_at
) ON agreement TO joinedup_app;
