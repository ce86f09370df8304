-- insert_line
-- Store a line that was ordered, came or was found.
INSERT INTO stock_line (
    la_code, school_id, consumable_id, kind, ordered_on, received_on, quantity,
    remaining, unit_price_pence, supplier, order_number, cfr_code, note
) VALUES (
    %(la_code)s, %(school_id)s, %(consumable_id)s, %(kind)s, %(ordered_on)s,
    %(received_on)s, %(quantity)s, %(remaining)s, %(unit_price_pence)s, %(supplier)s,
    %(order_number)s, %(cfr_code)s, %(note)s
)
RETURNING
line_id, la_code, school_id, consumable_id, kind, ordered_on, received_on, quantity,
remaining, unit_price_pence, supplier, order_number, cfr_code, note, cancelled_at,
recorded_at, version;

-- get_line
-- Read a line of a consumable of the scope.
SELECT
    line_id,
    la_code,
    school_id,
    consumable_id,
    kind,
    ordered_on,
    received_on,
    quantity,
    remaining,
    unit_price_pence,
    supplier,
    order_number,
    cfr_code,
    note,
    cancelled_at,
    recorded_at,
    version
FROM stock_line
WHERE line_id = %(line_id)s AND consumable_id = %(consumable_id)s;

-- list_lines
-- List the lines of a consumable, the newest order first.
SELECT
    line_id,
    la_code,
    school_id,
    consumable_id,
    kind,
    ordered_on,
    received_on,
    quantity,
    remaining,
    unit_price_pence,
    supplier,
    order_number,
    cfr_code,
    note,
    cancelled_at,
    recorded_at,
    version
FROM stock_line
WHERE
    consumable_id = %(consumable_id)s
    AND (
        %(after_id)s::uuid IS NULL
        OR (ordered_on, line_id) < (%(after_on)s::date, %(after_id)s::uuid)
    )
ORDER BY ordered_on DESC, line_id DESC
LIMIT %(page_size)s;

-- receive_line
-- Note that a line came, all of it or so much.
UPDATE stock_line SET
    received_on = %(received_on)s,
    quantity = %(quantity)s,
    remaining = %(quantity)s,
    version = version + 1
WHERE line_id = %(line_id)s
RETURNING
line_id, la_code, school_id, consumable_id, kind, ordered_on, received_on, quantity,
remaining, unit_price_pence, supplier, order_number, cfr_code, note, cancelled_at,
recorded_at, version;

-- cancel_line
-- Note that a line does not come, or never was.
UPDATE stock_line SET
    remaining = 0,
    cancelled_at = clock_timestamp(),
    version = version + 1
WHERE line_id = %(line_id)s
RETURNING
line_id, la_code, school_id, consumable_id, kind, ordered_on, received_on, quantity,
remaining, unit_price_pence, supplier, order_number, cfr_code, note, cancelled_at,
recorded_at, version;

-- list_lots
-- List what is left of the lines of a consumable, the oldest first.
SELECT
    line_id,
    received_on,
    remaining,
    unit_price_pence
FROM stock_line
WHERE consumable_id = %(consumable_id)s AND remaining > 0
ORDER BY received_on, line_id;

-- insert_use
-- Store what was taken, or what takes that back.
INSERT INTO stock_use (
    la_code, school_id, consumable_id, kind, used_on, quantity, cost_pence, asset_id,
    asset_tag, used_for, note, reverses
) VALUES (
    %(la_code)s, %(school_id)s, %(consumable_id)s, %(kind)s, %(used_on)s, %(quantity)s,
    %(cost_pence)s, %(asset_id)s, %(asset_tag)s, %(used_for)s, %(note)s, %(reverses)s
)
RETURNING
use_id, la_code, school_id, consumable_id, kind, used_on, quantity, cost_pence,
asset_id, asset_tag, used_for, note, reverses, NULL::uuid AS reversed_by, recorded_at;

-- insert_draws
-- Take some of a consumable's lines for a use, or put it back.
WITH drawn AS (
    SELECT
        said.line_id,
        said.quantity,
        said.pence
    FROM
        jsonb_to_recordset(%(draws)s::jsonb) AS said (
            line_id uuid, quantity integer, pence bigint
        )
),

taken AS (
    UPDATE stock_line SET remaining = stock_line.remaining - drawn.quantity
    FROM drawn
    WHERE stock_line.line_id = drawn.line_id
)

INSERT INTO stock_draw (la_code, school_id, use_id, line_id, quantity, pence)
SELECT
    %(la_code)s,
    %(school_id)s,
    %(use_id)s,
    drawn.line_id,
    drawn.quantity,
    drawn.pence
FROM drawn;

-- list_draws
-- List out of which lines a use was taken.
SELECT
    line_id,
    quantity,
    pence
FROM stock_draw
WHERE use_id = %(use_id)s
ORDER BY line_id;

-- get_use
-- Read a use of a consumable of the scope.
SELECT
    u.use_id,
    u.la_code,
    u.school_id,
    u.consumable_id,
    u.kind,
    u.used_on,
    u.quantity,
    u.cost_pence,
    u.asset_id,
    u.asset_tag,
    u.used_for,
    u.note,
    u.reverses,
    back.use_id AS reversed_by,
    u.recorded_at
FROM stock_use AS u
LEFT JOIN stock_use AS back ON u.use_id = back.reverses
WHERE u.use_id = %(use_id)s AND u.consumable_id = %(consumable_id)s;

-- list_uses
-- List the uses of a consumable, the latest first.
SELECT
    u.use_id,
    u.la_code,
    u.school_id,
    u.consumable_id,
    u.kind,
    u.used_on,
    u.quantity,
    u.cost_pence,
    u.asset_id,
    u.asset_tag,
    u.used_for,
    u.note,
    u.reverses,
    back.use_id AS reversed_by,
    u.recorded_at
FROM stock_use AS u
LEFT JOIN stock_use AS back ON u.use_id = back.reverses
WHERE
    u.consumable_id = %(consumable_id)s
    AND (
        %(after_id)s::uuid IS NULL
        OR (u.used_on, u.use_id) < (%(after_on)s::date, %(after_id)s::uuid)
    )
ORDER BY u.used_on DESC, u.use_id DESC
LIMIT %(page_size)s;

-- restate_lines
-- Read the next lines of the scope, in the order of their ids.
SELECT
    line_id,
    la_code,
    school_id,
    consumable_id,
    kind,
    ordered_on,
    received_on,
    quantity,
    remaining,
    unit_price_pence,
    supplier,
    order_number,
    cfr_code,
    note,
    cancelled_at,
    recorded_at,
    version
FROM stock_line
WHERE line_id > %(after_id)s
ORDER BY line_id
LIMIT %(page_size)s;

-- restate_uses
-- Read the next uses of the scope, in the order of their ids.
SELECT
    use_id,
    la_code,
    school_id,
    consumable_id,
    kind,
    used_on,
    quantity,
    cost_pence,
    asset_id,
    asset_tag,
    used_for,
    note,
    reverses,
    NULL::uuid AS reversed_by,
    recorded_at
FROM stock_use
WHERE use_id > %(after_id)s
ORDER BY use_id
LIMIT %(page_size)s;
