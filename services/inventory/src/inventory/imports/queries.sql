-- insert_assets
-- Register many assets; one whose tag is taken is left out.
WITH stored AS (
    INSERT INTO asset (
        la_code, school_id, tag, category, manufacturer, model, serial, room, status,
        purchased_on
    )
    SELECT
        said.la_code,
        said.school_id,
        said.tag,
        said.category,
        said.manufacturer,
        said.model,
        said.serial,
        said.room,
        said.status,
        said.purchased_on
    FROM jsonb_to_recordset(%(items)s::jsonb) AS said (
        la_code text,
        school_id uuid,
        tag text,
        category text,
        manufacturer text,
        model text,
        serial text,
        room text,
        status text,
        purchased_on date
    )
    -- Two imports at once take their locks in one order.
    ORDER BY said.school_id, lower(said.tag)
    ON CONFLICT (la_code, school_id, lower(tag)) DO NOTHING
    RETURNING
        asset_id, school_id, la_code, tag, category, manufacturer, model, serial, room,
        status, purchased_on, version, registered_at, changed_at
)

SELECT
    stored.asset_id,
    stored.school_id,
    school.urn AS school_urn,
    stored.la_code,
    stored.tag,
    stored.category,
    stored.manufacturer,
    stored.model,
    stored.serial,
    stored.room,
    stored.status,
    stored.purchased_on,
    stored.version,
    stored.registered_at,
    stored.changed_at
FROM stored
INNER JOIN school ON stored.school_id = school.school_id;
