-- list_installed
-- Count the devices in use that have each licensed title, school by school.
SELECT
    licensed.la_code,
    counted.school_id,
    school.urn AS school_urn,
    school.name AS school_name,
    licensed.title_id,
    counted.devices
FROM (
    SELECT DISTINCT
        licence.la_code,
        licence.title_id
    FROM licence
    WHERE %(la_code)s::text IS NULL OR licence.la_code = %(la_code)s::text
) AS licensed
CROSS JOIN LATERAL (
    SELECT
        having_it.school_id,
        count(*)::integer AS devices
    FROM (
        -- Each device once, in the order of the index.
        SELECT DISTINCT
            software_install.school_id,
            software_install.asset_id
        FROM software_install
        WHERE
            software_install.la_code = licensed.la_code
            AND software_install.title_id = licensed.title_id
            AND (
                %(school_ids)s::uuid [] IS NULL
                OR software_install.school_id = ANY(%(school_ids)s::uuid [])
            )
            AND software_install.gone_at IS NULL
    ) AS having_it
    WHERE
        having_it.asset_id NOT IN (
            SELECT asset.asset_id
            FROM asset
            WHERE
                asset.status IN ('retired', 'disposed', 'cancelled')
                AND (
                    %(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text
                )
        )
    GROUP BY having_it.school_id
) AS counted
INNER JOIN school ON counted.school_id = school.school_id;
