-- get_school
-- Read a school of the scope by a URN it has or had; the LA that told last holds it.
SELECT
    school_id,
    la_code,
    urn
FROM school
WHERE
    status <> 'departed'
    AND school_id IN (
        SELECT named.school_id FROM school AS named
        WHERE named.urn = %(urn)s
        UNION ALL
        SELECT earlier_urn.school_id FROM earlier_urn
        WHERE earlier_urn.urn = %(urn)s
    )
ORDER BY version DESC
LIMIT 1;

-- count_schools_of_authority
-- Count the schools of an LA within the scope.
SELECT count(*) AS schools
FROM school
WHERE la_code = %(la_code)s AND status <> 'departed';

-- record_urns
-- Keep the earlier URNs of the schools of a batch of events.
INSERT INTO earlier_urn (la_code, school_id, urn)
SELECT
    said.la_code,
    said.school_id,
    earlier.urn
FROM
    jsonb_to_recordset(%(states)s::jsonb)
        AS said (la_code text, school_id uuid, earlier_urns integer []),
    unnest(said.earlier_urns) AS earlier (urn)
ON CONFLICT (la_code, school_id, urn) DO NOTHING;

-- record_schools
-- Take over the schools of a batch of events, newer versions only.
INSERT INTO school (
    la_code, school_id, urn, name, phase, status, pupils, la_name, region_code, version,
    free_school_meals_percent, establishment_type, capacity, low_age, high_age, trust,
    federation, district, easting, northing
)
SELECT
    said.la_code,
    said.school_id,
    said.urn,
    said.name,
    said.phase,
    said.status,
    said.pupils,
    said.la_name,
    said.region_code,
    said.entity_version,
    said.free_school_meals_percent,
    said.establishment_type,
    said.capacity,
    said.low_age,
    said.high_age,
    said.trust,
    said.federation,
    said.district,
    said.easting,
    said.northing
FROM
    jsonb_to_recordset(%(states)s::jsonb)
        AS said (
            la_code text,
            school_id uuid,
            urn integer,
            name text,
            phase text,
            status text,
            pupils integer,
            la_name text,
            region_code text,
            entity_version integer,
            free_school_meals_percent numeric,
            establishment_type text,
            capacity integer,
            low_age integer,
            high_age integer,
            trust text,
            federation text,
            district text,
            easting integer,
            northing integer
        )
ORDER BY said.school_id
ON CONFLICT (la_code, school_id) DO UPDATE SET
    urn = excluded.urn,
    name = excluded.name,
    phase = excluded.phase,
    status = excluded.status,
    pupils = excluded.pupils,
    la_name = excluded.la_name,
    region_code = excluded.region_code,
    version = excluded.version,
    free_school_meals_percent = excluded.free_school_meals_percent,
    establishment_type = excluded.establishment_type,
    capacity = excluded.capacity,
    low_age = excluded.low_age,
    high_age = excluded.high_age,
    trust = excluded.trust,
    federation = excluded.federation,
    district = excluded.district,
    easting = excluded.easting,
    northing = excluded.northing
WHERE excluded.version > school.version;
