-- What a school uses up: what it is, the lines in which it was ordered and came, and what
-- was taken out of them.
-- depends: inventory_0105_far_days

SET lock_timeout = '2s';

-- The two counts are those of its lines: whoever changes one holds this row.
CREATE TABLE consumable (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    consumable_id uuid NOT NULL DEFAULT uuidv7(),
    name text NOT NULL,
    site text,
    code text,
    category text NOT NULL,
    unit text NOT NULL,
    fits text [] NOT NULL,
    lead_time_days integer NOT NULL,
    minimum integer NOT NULL,
    is_stocked boolean NOT NULL,
    on_hand integer NOT NULL DEFAULT 0,
    on_order integer NOT NULL DEFAULT 0,
    counted_on date,
    version integer NOT NULL DEFAULT 1,
    added_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT consumable_pkey PRIMARY KEY (la_code, school_id, consumable_id),
    CONSTRAINT consumable_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT consumable_category_check CHECK (
        category IN (
            'toner', 'drum', 'ink', 'lamp', 'battery', 'tape', 'cable', 'other'
        )
    ),
    CONSTRAINT consumable_lead_time_check CHECK (lead_time_days BETWEEN 0 AND 365),
    CONSTRAINT consumable_minimum_check CHECK (minimum >= 0),
    CONSTRAINT consumable_on_hand_check CHECK (on_hand >= 0),
    CONSTRAINT consumable_on_order_check CHECK (on_order >= 0),
    CONSTRAINT consumable_version_check CHECK (version > 0)
);

CREATE UNIQUE INDEX consumable_name_unique
ON consumable (la_code, school_id, lower(name), lower(coalesce(site, '')));
CREATE INDEX consumable_by_id ON consumable (consumable_id);
CREATE INDEX consumable_of_school ON consumable (school_id);

-- What was ordered, or found when the stock was counted, as one line: all of it at one
-- price. What is left of it goes down with each use, the oldest line first.
CREATE TABLE stock_line (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    line_id uuid NOT NULL DEFAULT uuidv7(),
    consumable_id uuid NOT NULL,
    kind text NOT NULL,
    ordered_on date NOT NULL,
    received_on date,
    quantity integer NOT NULL,
    remaining integer NOT NULL,
    unit_price_pence bigint NOT NULL,
    supplier text,
    order_number text,
    cfr_code text,
    note text,
    cancelled_at timestamptz,
    recorded_by text NOT NULL DEFAULT scope_principal(),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT stock_line_pkey PRIMARY KEY (la_code, school_id, line_id),
    CONSTRAINT stock_line_consumable_fkey FOREIGN KEY (la_code, school_id, consumable_id)
    REFERENCES consumable (la_code, school_id, consumable_id) ON UPDATE CASCADE,
    CONSTRAINT stock_line_kind_check CHECK (kind IN ('order', 'found')),
    CONSTRAINT stock_line_days_check CHECK (received_on >= ordered_on),
    CONSTRAINT stock_line_quantity_check CHECK (quantity > 0),
    CONSTRAINT stock_line_remaining_check CHECK (remaining BETWEEN 0 AND quantity),
    CONSTRAINT stock_line_present_check CHECK (
        remaining = 0 OR (received_on IS NOT NULL AND cancelled_at IS NULL)
    ),
    CONSTRAINT stock_line_price_check CHECK (unit_price_pence >= 0),
    CONSTRAINT stock_line_cfr_code_check CHECK (cfr_code ~ '^E20[A-G]$'),
    CONSTRAINT stock_line_version_check CHECK (version > 0)
);

CREATE INDEX stock_line_by_id ON stock_line (line_id);
CREATE INDEX stock_line_of_consumable
ON stock_line (consumable_id, ordered_on DESC, line_id DESC);
CREATE INDEX stock_line_left ON stock_line (consumable_id, received_on, line_id)
WHERE remaining > 0;
CREATE INDEX stock_line_of_school_by_order ON stock_line (school_id, ordered_on);
CREATE INDEX stock_line_of_school_by_receipt ON stock_line (school_id, received_on);
CREATE INDEX stock_line_of_la_by_order ON stock_line (la_code, ordered_on);
CREATE INDEX stock_line_of_la_by_receipt ON stock_line (la_code, received_on);

-- What was taken, or was missing when the stock was counted. It is never rewritten: what
-- takes it back is an entry of its own, with the same numbers below zero. The asset is
-- named as it was: where it goes, what was put in stays with the stock it came from.
CREATE TABLE stock_use (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    use_id uuid NOT NULL DEFAULT uuidv7(),
    consumable_id uuid NOT NULL,
    kind text NOT NULL,
    used_on date NOT NULL,
    quantity integer NOT NULL,
    cost_pence bigint NOT NULL,
    asset_id uuid,
    asset_tag text,
    used_for text,
    note text,
    reverses uuid,
    recorded_by text NOT NULL DEFAULT scope_principal(),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT stock_use_pkey PRIMARY KEY (la_code, school_id, use_id),
    CONSTRAINT stock_use_consumable_fkey FOREIGN KEY (la_code, school_id, consumable_id)
    REFERENCES consumable (la_code, school_id, consumable_id) ON UPDATE CASCADE,
    CONSTRAINT stock_use_reverses_fkey FOREIGN KEY (la_code, school_id, reverses)
    REFERENCES stock_use (la_code, school_id, use_id) ON UPDATE CASCADE,
    CONSTRAINT stock_use_kind_check CHECK (kind IN ('used', 'lost')),
    CONSTRAINT stock_use_sign_check CHECK (
        quantity <> 0 AND (quantity < 0) = (reverses IS NOT NULL)
    ),
    CONSTRAINT stock_use_asset_check CHECK ((asset_id IS NULL) = (asset_tag IS NULL))
);

CREATE INDEX stock_use_by_id ON stock_use (use_id);
CREATE UNIQUE INDEX stock_use_reversed_once ON stock_use (la_code, school_id, reverses)
WHERE reverses IS NOT NULL;
CREATE INDEX stock_use_by_reversed ON stock_use (reverses)
WHERE reverses IS NOT NULL;
CREATE INDEX stock_use_of_consumable
ON stock_use (consumable_id, used_on DESC, use_id DESC);
CREATE INDEX stock_use_of_asset ON stock_use (asset_id, used_on DESC)
WHERE asset_id IS NOT NULL;
CREATE INDEX stock_use_of_school ON stock_use (school_id, used_on);
CREATE INDEX stock_use_of_la ON stock_use (la_code, used_on);

-- Out of which lines a use was taken, and so what it cost.
CREATE TABLE stock_draw (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    use_id uuid NOT NULL,
    line_id uuid NOT NULL,
    quantity integer NOT NULL,
    pence bigint NOT NULL,
    CONSTRAINT stock_draw_pkey PRIMARY KEY (la_code, school_id, use_id, line_id),
    CONSTRAINT stock_draw_use_fkey FOREIGN KEY (la_code, school_id, use_id)
    REFERENCES stock_use (la_code, school_id, use_id) ON UPDATE CASCADE,
    CONSTRAINT stock_draw_line_fkey FOREIGN KEY (la_code, school_id, line_id)
    REFERENCES stock_line (la_code, school_id, line_id) ON UPDATE CASCADE,
    CONSTRAINT stock_draw_quantity_check CHECK (quantity <> 0)
);

CREATE INDEX stock_draw_of_use ON stock_draw (use_id);
CREATE INDEX stock_draw_of_line ON stock_draw (line_id);

CALL secure_tenant_table('consumable');
CALL secure_tenant_table('stock_line');
CALL secure_tenant_table('stock_use');
CALL secure_tenant_table('stock_draw');

-- A consumable as its readers are told of it. With the reader's rights: the scope binds
-- each table below. The days are England's.
CREATE VIEW consumable_told WITH (security_invoker = true) AS
SELECT
    c.consumable_id,
    c.la_code,
    c.school_id,
    s.urn AS school_urn,
    s.name AS school_name,
    c.name,
    c.site,
    c.code,
    c.category,
    c.unit,
    c.fits,
    c.lead_time_days,
    c.minimum,
    c.is_stocked,
    c.on_hand,
    c.on_order,
    c.counted_on,
    c.version,
    c.added_at,
    c.changed_at,
    coalesce(lately.used, 0) AS used,
    came.first_received_on,
    coalesce(kept.value_pence, 0) AS value_pence,
    last_order.unit_price_pence AS price_pence,
    last_order.supplier,
    last_order.ordered_on
FROM consumable AS c
INNER JOIN school AS s ON c.school_id = s.school_id
LEFT JOIN LATERAL (
    SELECT sum(u.quantity) AS used
    FROM stock_use AS u
    WHERE
        u.consumable_id = c.consumable_id
        AND u.kind = 'used'
        AND u.used_on > (now() AT TIME ZONE 'Europe/London')::date - 365
) AS lately ON true
LEFT JOIN LATERAL (
    SELECT min(l.received_on) AS first_received_on
    FROM stock_line AS l
    WHERE l.consumable_id = c.consumable_id AND l.cancelled_at IS NULL
) AS came ON true
LEFT JOIN LATERAL (
    SELECT sum(l.remaining * l.unit_price_pence)::bigint AS value_pence
    FROM stock_line AS l
    WHERE l.consumable_id = c.consumable_id AND l.remaining > 0
) AS kept ON true
LEFT JOIN LATERAL (
    SELECT
        l.unit_price_pence,
        l.supplier,
        l.ordered_on
    FROM stock_line AS l
    WHERE
        l.consumable_id = c.consumable_id
        AND l.kind = 'order'
        AND l.cancelled_at IS NULL
    ORDER BY l.ordered_on DESC, l.line_id DESC
    LIMIT 1
) AS last_order ON true;

GRANT SELECT ON consumable_told TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (
    name, site, code, category, unit, fits, lead_time_days, minimum, is_stocked,
    on_hand, on_order, counted_on, version, changed_at
) ON consumable TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (
    received_on, quantity, remaining, cancelled_at, version, supplier, note
) ON stock_line TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (used_for, note) ON stock_use TO joinedup_app;
GRANT SELECT, INSERT ON stock_draw TO joinedup_app;
