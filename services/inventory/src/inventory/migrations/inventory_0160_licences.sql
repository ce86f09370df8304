-- Licences of software: who holds them, for how many devices, and until when.
-- depends: inventory_0150_tariffs

SET lock_timeout = '2s';

-- Of one school, or (`school_id` is null) of an LA for all of its schools. What it is a
-- licence of is named by the rules that name what devices report, so that both lead to
-- one title. The price is of the whole, or of a year of a subscription.
CREATE TABLE licence (
    la_code text NOT NULL,
    school_id uuid,
    licence_id uuid NOT NULL DEFAULT uuidv7(),
    maker text NOT NULL,
    maker_key text NOT NULL,
    title text NOT NULL,
    title_key text NOT NULL,
    title_id uuid NOT NULL
    GENERATED ALWAYS AS (md5(maker_key || chr(10) || title_key)::uuid) STORED,
    release text,
    measure text NOT NULL,
    seats integer,
    term text NOT NULL,
    starts_on date,
    ends_on date,
    notice_on date,
    price_pence bigint,
    cfr_code text NOT NULL,
    supplier text,
    reference text,
    note text,
    counted integer,
    counted_on date,
    version integer NOT NULL DEFAULT 1,
    added_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT licence_pkey PRIMARY KEY (la_code, licence_id),
    CONSTRAINT licence_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT licence_measure_check CHECK (
        CASE measure
            WHEN 'seats' THEN seats IS NOT NULL AND seats > 0
            WHEN 'site' THEN seats IS NULL
            ELSE false
        END
    ),
    CONSTRAINT licence_term_check CHECK (
        CASE term
            WHEN 'perpetual' THEN ends_on IS NULL AND notice_on IS NULL
            WHEN 'subscription' THEN starts_on IS NOT NULL AND ends_on IS NOT NULL
            ELSE false
        END
    ),
    CONSTRAINT licence_days_check CHECK (
        starts_on <= ends_on AND notice_on <= ends_on AND starts_on <= notice_on
    ),
    CONSTRAINT licence_price_check CHECK (price_pence >= 0),
    CONSTRAINT licence_cfr_code_check CHECK (cfr_code ~ '^E20[A-G]$'),
    CONSTRAINT licence_counted_check CHECK (
        (counted IS NULL) = (counted_on IS NULL) AND counted >= 0
    ),
    CONSTRAINT licence_version_check CHECK (version > 0)
);

CREATE INDEX licence_by_id ON licence (licence_id);
CREATE INDEX licence_of_school ON licence (school_id);
CREATE INDEX licence_of_title ON licence (la_code, title_id);

-- An LA's licence is read by its schools as well: they are covered by it.
CALL secure_tenant_table(
    'licence',
    'school_id IS NULL AND la_code = ANY((
        SELECT array_agg(s.la_code) FROM school AS s
        WHERE s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )::text [])'
);

-- A licence as its readers are told of it. With the reader's rights: the scope binds
-- each table below.
CREATE VIEW licence_told WITH (security_invoker = true) AS
SELECT
    l.licence_id,
    l.la_code,
    l.school_id,
    s.urn AS school_urn,
    s.name AS school_name,
    l.title_id,
    l.maker AS publisher,
    l.title AS name,
    l.release,
    l.measure,
    l.seats,
    l.term,
    l.starts_on,
    l.ends_on,
    l.notice_on,
    l.price_pence,
    l.cfr_code,
    l.supplier,
    l.reference,
    l.note,
    l.counted,
    l.counted_on,
    l.version,
    l.added_at,
    l.changed_at,
    p.supplier_id,
    p.desk_phone,
    p.desk_email,
    p.account_number
FROM licence AS l
LEFT JOIN school AS s ON l.school_id = s.school_id
LEFT JOIN supplier AS p ON l.la_code = p.la_code AND lower(l.supplier) = lower(p.name);

GRANT SELECT ON licence_told TO joinedup_app;
GRANT SELECT, INSERT, DELETE, UPDATE (
    maker, maker_key, title, title_key, release, measure, seats, term, starts_on,
    ends_on, notice_on, price_pence, cfr_code, supplier, reference, note, counted,
    counted_on, version, changed_at
) ON licence TO joinedup_app;
-- The worker says them again.
GRANT SELECT ON licence, licence_told TO joinedup_worker;
