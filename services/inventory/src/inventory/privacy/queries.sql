-- list_school_ids
-- The schools of the scope.
SELECT s.school_id FROM school AS s
ORDER BY s.school_id;

-- tell_kit_changed
-- What somebody did to kit.
SELECT json_build_object(
    'when', h.happened_at, 'done', h.fact, 'tag', a.tag, 'asset_id', h.asset_id
) AS told
FROM asset_history AS h
INNER JOIN asset AS a ON h.asset_id = a.asset_id
WHERE
    h.school_id = ANY(%(school_ids)s::uuid [])
    AND a.school_id = ANY(%(school_ids)s::uuid [])
    AND h.actor_id = %(person)s
ORDER BY h.happened_at, h.asset_id;

-- tell_mentions
-- Where kit bears somebody's name: in the words for its place, or among its details.
SELECT json_build_object(
    'asset_id', a.asset_id, 'tag', a.tag, 'site', a.site, 'building', a.building,
    'room', a.room, 'details', a.details
) AS told
FROM asset AS a
WHERE
    a.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', a.site, a.building, a.room, a.details::text) ~* %(pattern)s
ORDER BY a.asset_id;

-- tell_repairs
-- Where what was wrong with kit, or who mends it, bears somebody's name.
SELECT json_build_object(
    'asset_id', r.asset_id, 'sent_on', r.sent_on, 'fault', r.fault,
    'supplier', r.supplier
) AS told
FROM repair AS r
WHERE
    r.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', r.fault, r.supplier) ~* %(pattern)s
ORDER BY r.sent_on, r.repair_id;

-- erase_repairs
-- Take somebody's name out of what was wrong with kit and who mends it.
UPDATE repair
SET
    fault = regexp_replace(fault, %(pattern)s, '[name erased]', 'gi'),
    supplier = regexp_replace(supplier, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', fault, supplier) ~* %(pattern)s;

-- tell_custody
-- Which kit somebody has or had, and where else a custody bears their name.
SELECT json_build_object(
    'asset_id', c.asset_id, 'holder', c.holder_name, 'number', c.holder_reference,
    'issued_at', c.issued_at, 'due_on', c.due_on, 'returned_at', c.returned_at,
    'given_out', c.condition_out, 'taken_back', c.condition_in
) AS told
FROM custody AS c
WHERE
    c.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', c.holder_name, c.condition_out, c.condition_in) ~* %(pattern)s
ORDER BY c.issued_at, c.custody_id;

-- erase_custody
-- Take somebody's name and number out of who has or had kit.
UPDATE custody
SET
    version = version + 1,
    holder_name = regexp_replace(holder_name, %(pattern)s, '[name erased]', 'gi'),
    holder_reference = CASE WHEN NOT holder_name ~* %(pattern)s THEN holder_reference END,
    condition_out = regexp_replace(condition_out, %(pattern)s, '[name erased]', 'gi'),
    condition_in = regexp_replace(condition_in, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', holder_name, condition_out, condition_in) ~* %(pattern)s;

-- tell_scans
-- Which scans of kit bear somebody's name.
SELECT json_build_object(
    'scanned_at', c.scanned_at, 'code', c.code, 'holder', c.holder_name,
    'number', c.holder_reference, 'said', c.detail
) AS told
FROM custody_scan AS c
WHERE
    c.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', c.holder_name, c.detail) ~* %(pattern)s
ORDER BY c.scanned_at, c.scan_id;

-- erase_scans
-- Take somebody's name and number out of scans of kit.
UPDATE custody_scan
SET
    holder_name = regexp_replace(holder_name, %(pattern)s, '[name erased]', 'gi'),
    holder_reference
    = CASE WHEN NOT holder_name ~* %(pattern)s THEN holder_reference END,
    detail = regexp_replace(detail, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', holder_name, detail) ~* %(pattern)s;

-- tell_stock_takes
-- Which stock-takes somebody opened or ended, and which are of a room that bears their name.
SELECT json_build_object(
    'opened_at', t.opened_at, 'closed_at', t.closed_at, 'site', t.site,
    'building', t.building, 'room', t.room, 'opened_by_them', t.opened_by = %(person)s,
    'ended_by_them', t.closed_by = %(person)s
) AS told
FROM stock_take AS t
WHERE
    t.school_id = ANY(%(school_ids)s::uuid [])
    AND (
        t.opened_by = %(person)s
        OR t.closed_by = %(person)s
        OR (
            %(pattern)s::text IS NOT NULL
            AND concat_ws(' ', t.site, t.building, t.room) ~* %(pattern)s
        )
    )
ORDER BY t.stock_take_id;

-- erase_stock_takes
-- Take somebody's name out of the rooms that were counted.
UPDATE stock_take
SET
    site = regexp_replace(site, %(pattern)s, '[name erased]', 'gi'),
    building = regexp_replace(building, %(pattern)s, '[name erased]', 'gi'),
    room = regexp_replace(room, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', site, building, room) ~* %(pattern)s;

-- tell_room_scans
-- Which codes that were scanned in a room bear somebody's name.
SELECT json_build_object(
    'scanned_at', s.scanned_at, 'code', s.code, 'stock_take_id', s.stock_take_id
) AS told
FROM stock_take_scan AS s
WHERE
    s.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND s.code ~* %(pattern)s
ORDER BY s.scanned_at, s.scan_id;

-- erase_room_scans
-- Take somebody's name out of codes that were scanned in a room.
UPDATE stock_take_scan
SET code = regexp_replace(code, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND code ~* %(pattern)s;

-- erase_stock_take_lines
-- Take somebody's name out of what was found in a room, and out of where it was to be.
UPDATE stock_take_line
SET
    code = regexp_replace(code, %(pattern)s, '[name erased]', 'gi'),
    site = regexp_replace(site, %(pattern)s, '[name erased]', 'gi'),
    building = regexp_replace(building, %(pattern)s, '[name erased]', 'gi'),
    room = regexp_replace(room, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', code, site, building, room) ~* %(pattern)s;

-- tell_losses
-- Where what was written of a loss of kit bears somebody's name.
SELECT json_build_object(
    'asset_id', l.asset_id, 'lost_on', l.lost_on, 'note', l.note
) AS told
FROM asset_loss AS l
WHERE
    l.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND l.note ~* %(pattern)s
ORDER BY l.lost_on, l.loss_id;

-- erase_losses
-- Take somebody's name out of what was written of a loss of kit.
UPDATE asset_loss
SET note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND note ~* %(pattern)s;

-- tell_stock_uses
-- What somebody took of what a school uses up, and what bears their name.
SELECT json_build_object(
    'used_on', u.used_on, 'what', c.name, 'quantity', u.quantity,
    'used_for', u.used_for, 'note', u.note,
    'recorded_by_them', u.recorded_by = %(person)s
) AS told
FROM stock_use AS u
INNER JOIN consumable AS c ON u.consumable_id = c.consumable_id
WHERE
    u.school_id = ANY(%(school_ids)s::uuid [])
    AND (
        u.recorded_by = %(person)s
        OR (
            %(pattern)s::text IS NOT NULL
            AND concat_ws(' ', u.used_for, u.note) ~* %(pattern)s
        )
    )
ORDER BY u.used_on, u.use_id;

-- erase_stock_uses
-- Take somebody's name out of for whom something was taken, and why.
UPDATE stock_use
SET
    used_for = regexp_replace(used_for, %(pattern)s, '[name erased]', 'gi'),
    note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', used_for, note) ~* %(pattern)s;

-- tell_stock_lines
-- What somebody wrote down as ordered, and what of it bears their name.
SELECT json_build_object(
    'ordered_on', l.ordered_on, 'what', c.name, 'quantity', l.quantity,
    'supplier', l.supplier, 'note', l.note,
    'recorded_by_them', l.recorded_by = %(person)s
) AS told
FROM stock_line AS l
INNER JOIN consumable AS c ON l.consumable_id = c.consumable_id
WHERE
    l.school_id = ANY(%(school_ids)s::uuid [])
    AND (
        l.recorded_by = %(person)s
        OR (
            %(pattern)s::text IS NOT NULL
            AND concat_ws(' ', l.supplier, l.note) ~* %(pattern)s
        )
    )
ORDER BY l.ordered_on, l.line_id;

-- erase_stock_lines
-- Take somebody's name out of from whom something was bought, and why.
UPDATE stock_line
SET
    supplier = regexp_replace(supplier, %(pattern)s, '[name erased]', 'gi'),
    note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', supplier, note) ~* %(pattern)s;

-- tell_circuits
-- Where a line to the internet bears somebody's name.
SELECT json_build_object(
    'circuit_id', c.circuit_id, 'reference', c.reference, 'provider', c.provider,
    'note', c.note
) AS told
FROM circuit AS c
WHERE
    c.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', c.reference, c.provider, c.note) ~* %(pattern)s
ORDER BY c.circuit_id;

-- erase_circuits
-- Take somebody's name out of what is said of lines to the internet.
UPDATE circuit
SET
    reference = regexp_replace(
        reference, %(pattern)s, '[name erased ' || circuit_id || ']', 'gi'
    ),
    provider = regexp_replace(provider, %(pattern)s, '[name erased]', 'gi'),
    note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', reference, provider, note) ~* %(pattern)s;

-- tell_network_services
-- Where a service over the network bears somebody's name.
SELECT json_build_object(
    'service_id', n.service_id, 'name', n.name, 'provider', n.provider,
    'reference', n.reference, 'note', n.note
) AS told
FROM network_service AS n
WHERE
    n.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', n.name, n.provider, n.reference, n.note) ~* %(pattern)s
ORDER BY n.service_id;

-- erase_network_services
-- Take somebody's name out of what is said of services over the network.
UPDATE network_service SET
    name = regexp_replace(
        name, %(pattern)s, '[name erased ' || service_id || ']', 'gi'
    ),
    provider = regexp_replace(provider, %(pattern)s, '[name erased]', 'gi'),
    reference = regexp_replace(reference, %(pattern)s, '[name erased]', 'gi'),
    note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', name, provider, reference, note) ~* %(pattern)s;

-- tell_circuit_probes
-- What somebody measured on lines to the internet, day by day.
SELECT json_build_object(
    'measured_on', (m.measured_at AT TIME ZONE 'Europe/London')::date,
    'reference', c.reference, 'measurements', count(*)
) AS told
FROM circuit_measurement AS m
INNER JOIN circuit AS c ON m.circuit_id = c.circuit_id
WHERE
    m.school_id = ANY(%(school_ids)s::uuid [])
    AND m.recorded_by = %(person)s
GROUP BY
    c.circuit_id, c.reference, (m.measured_at AT TIME ZONE 'Europe/London')::date
ORDER BY (m.measured_at AT TIME ZONE 'Europe/London')::date, c.circuit_id;

-- tell_failover_tests
-- Which tests of back-up lines somebody wrote down, and which bear their name.
SELECT json_build_object(
    'tested_on', t.tested_on, 'reference', c.reference, 'note', t.note,
    'recorded_by_them', t.recorded_by = %(person)s
) AS told
FROM failover_test AS t
INNER JOIN circuit AS c ON t.circuit_id = c.circuit_id
WHERE
    t.school_id = ANY(%(school_ids)s::uuid [])
    AND (
        t.recorded_by = %(person)s
        OR (%(pattern)s::text IS NOT NULL AND t.note ~* %(pattern)s)
    )
ORDER BY t.tested_on, t.test_id;

-- erase_failover_tests
-- Take somebody's name out of what was noted of tests of back-up lines.
UPDATE failover_test
SET note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND note ~* %(pattern)s;

-- tell_licences
-- Where a licence of software bears somebody's name.
SELECT json_build_object(
    'licence_id', l.licence_id, 'name', l.title, 'supplier', l.supplier,
    'reference', l.reference, 'note', l.note
) AS told
FROM licence AS l
WHERE
    l.la_code IN (
        SELECT s.la_code FROM school AS s
        WHERE s.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND coalesce(l.school_id = ANY(%(school_ids)s::uuid []), true)
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', l.supplier, l.reference, l.note) ~* %(pattern)s
ORDER BY l.licence_id;

-- erase_licences
-- Take somebody's name out of what is said of licences of software.
UPDATE licence
SET
    supplier = regexp_replace(supplier, %(pattern)s, '[name erased]', 'gi'),
    reference = regexp_replace(reference, %(pattern)s, '[name erased]', 'gi'),
    note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    la_code IN (
        SELECT s.la_code FROM school AS s
        WHERE s.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND coalesce(school_id = ANY(%(school_ids)s::uuid []), true)
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', supplier, reference, note) ~* %(pattern)s;

-- tell_licence_documents
-- Which documents of licences somebody added, and which bear their name.
SELECT json_build_object(
    'when', d.added_at, 'title', d.title, 'file', f.name,
    'licence_id', d.licence_id, 'added_by_them', d.added_by = %(person)s
) AS told
FROM licence_document AS d
INNER JOIN file AS f ON d.file_id = f.file_id
WHERE
    d.la_code IN (
        SELECT s.la_code FROM school AS s
        WHERE s.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND coalesce(d.school_id = ANY(%(school_ids)s::uuid []), true)
    AND (
        d.added_by = %(person)s
        OR (
            %(pattern)s::text IS NOT NULL
            AND concat_ws(' ', d.title, f.name) ~* %(pattern)s
        )
    )
ORDER BY d.document_id;

-- erase_licence_documents
-- Take somebody's name out of what documents of licences are called.
UPDATE licence_document
SET title = regexp_replace(title, %(pattern)s, '[name erased]', 'gi')
WHERE
    la_code IN (
        SELECT s.la_code FROM school AS s
        WHERE s.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND coalesce(school_id = ANY(%(school_ids)s::uuid []), true)
    AND %(pattern)s::text IS NOT NULL
    AND title ~* %(pattern)s;

-- erase_licence_document_names
-- Take somebody's name out of what the files of an LA's own licences are called.
UPDATE file
SET name = regexp_replace(file.name, %(pattern)s, '[name erased]', 'gi')
FROM licence_document AS d
WHERE
    d.la_code IN (
        SELECT s.la_code FROM school AS s
        WHERE s.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND d.school_id IS NULL
    AND file.file_id = d.file_id
    AND %(pattern)s::text IS NOT NULL
    AND file.name ~* %(pattern)s;

-- tell_wipes
-- Which wipes of kit somebody wrote down, and which bear their name.
SELECT json_build_object(
    'wiped_on', w.wiped_on, 'asset_id', w.asset_id, 'done_by', w.done_by,
    'note', w.note, 'recorded_by_them', w.recorded_by = %(person)s
) AS told
FROM data_wipe AS w
WHERE
    w.school_id = ANY(%(school_ids)s::uuid [])
    AND (
        w.recorded_by = %(person)s
        OR (
            %(pattern)s::text IS NOT NULL
            AND concat_ws(' ', w.done_by, w.note) ~* %(pattern)s
        )
    )
ORDER BY w.wiped_on, w.wipe_id;

-- erase_wipes
-- Take somebody's name out of who erased data, and of what was noted of it.
UPDATE data_wipe SET
    done_by = regexp_replace(done_by, %(pattern)s, '[name erased]', 'gi'),
    note = regexp_replace(note, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', done_by, note) ~* %(pattern)s;

-- tell_attachments
-- Which pictures and documents of kit somebody added, and which bear their name.
SELECT json_build_object(
    'when', a.added_at, 'title', a.title, 'file', f.name, 'asset_id', a.asset_id,
    'added_by_them', a.added_by = %(person)s
) AS told
FROM asset_attachment AS a
INNER JOIN file AS f ON a.file_id = f.file_id
WHERE
    a.school_id = ANY(%(school_ids)s::uuid [])
    AND (
        a.added_by = %(person)s
        OR (
            %(pattern)s::text IS NOT NULL
            AND concat_ws(' ', a.title, f.name) ~* %(pattern)s
        )
    )
ORDER BY a.attachment_id;

-- erase_attachments
-- Take somebody's name out of what pictures and documents of kit are called.
UPDATE asset_attachment
SET title = regexp_replace(title, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND title ~* %(pattern)s;

-- erase_attachment_names
-- Take somebody's name out of what the files of kit are called.
UPDATE file
SET name = regexp_replace(name, %(pattern)s, '[name erased]', 'gi')
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND name ~* %(pattern)s;

-- erase_places
-- Take somebody's name out of the words for where kit is and what it is.
UPDATE asset
SET
    version = version + 1,
    site = regexp_replace(site, %(pattern)s, '[name erased]', 'gi'),
    building = regexp_replace(building, %(pattern)s, '[name erased]', 'gi'),
    room = regexp_replace(room, %(pattern)s, '[name erased]', 'gi'),
    merged_words = regexp_replace(merged_words, %(pattern)s, '[name erased]', 'gi'),
    details = regexp_replace(
        details::text, %(pattern)s, '[name erased]', 'gi'
    )::jsonb
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', site, building, room, merged_words, details::text)
    ~* %(pattern)s;

-- erase_history
-- Take somebody's name out of what became of kit.
UPDATE asset_history
SET changes = regexp_replace(changes::text, %(pattern)s, '[name erased]', 'gi')::jsonb
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND changes::text ~* %(pattern)s;

-- tell_devices
-- Which devices that agents found bear somebody's name, as a computer may be called.
SELECT json_build_object('device_id', d.device_id, 'name', d.name) AS told
FROM agent_device AS d
WHERE
    d.school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(
        ' ', d.name, d.deviceid, d.sections::text, d.written::text
    ) ~* %(pattern)s
ORDER BY d.device_id;

-- erase_devices
-- Take somebody's name out of what devices are called and tell.
UPDATE agent_device
SET
    name = regexp_replace(name, %(pattern)s, '[name erased]', 'gi'),
    deviceid = regexp_replace(deviceid, %(pattern)s, '[name erased]', 'gi'),
    sections = regexp_replace(
        sections::text, %(pattern)s, '[name erased]', 'gi'
    )::jsonb,
    written = regexp_replace(
        written::text, %(pattern)s, '[name erased]', 'gi'
    )::jsonb
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(
        ' ', name, deviceid, sections::text, written::text
    ) ~* %(pattern)s;

-- erase_device_changes
-- Take somebody's name out of what changed on devices.
UPDATE agent_change
SET
    before = regexp_replace(before::text, %(pattern)s, '[name erased]', 'gi')::jsonb,
    after = regexp_replace(after::text, %(pattern)s, '[name erased]', 'gi')::jsonb
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', before::text, after::text) ~* %(pattern)s;

-- tell_files
-- Which files of kit somebody sent, and which bear their name in what was kept of them.
SELECT json_build_object(
    'when', i.sent_at, 'file', i.file_name, 'import_id', i.import_id,
    'sent_by_them', i.principal = %(person)s
) AS told
FROM asset_import AS i
INNER JOIN school AS s ON i.la_code = s.la_code
WHERE
    s.school_id = ANY(%(school_ids)s::uuid [])
    AND coalesce(i.school_id, s.school_id) = s.school_id
    AND (
        i.principal = %(person)s
        OR (
            %(pattern)s::text IS NOT NULL
            AND concat_ws(' ', i.file_name, i.columns::text, i.reading::text)
            ~* %(pattern)s
        )
    )
GROUP BY i.la_code, i.import_id
ORDER BY i.import_id;

-- erase_files
-- Take somebody's name out of what was kept of files of kit.
UPDATE asset_import
SET
    file_name = regexp_replace(file_name, %(pattern)s, '[name erased]', 'gi'),
    columns = regexp_replace(
        columns::text, %(pattern)s, '[name erased]', 'gi'
    )::jsonb,
    reading = regexp_replace(
        reading::text, %(pattern)s, '[name erased]', 'gi'
    )::jsonb
WHERE
    la_code IN (
        SELECT s.la_code FROM school AS s
        WHERE s.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND coalesce(school_id = ANY(%(school_ids)s::uuid []), true)
    AND %(pattern)s::text IS NOT NULL
    AND concat_ws(' ', file_name, columns::text, reading::text) ~* %(pattern)s;

-- erase_file_faults
-- Take somebody's name out of what was wrong with rows of such files.
UPDATE asset_import_fault
SET said = regexp_replace(said, %(pattern)s, '[name erased]', 'gi')
WHERE
    la_code IN (
        SELECT s.la_code FROM school AS s
        WHERE s.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND coalesce(school_id = ANY(%(school_ids)s::uuid []), true)
    AND %(pattern)s::text IS NOT NULL
    AND said ~* %(pattern)s;

-- expire_imports
-- Forget files of kit that came long ago; what waits for its file is given up.
WITH old AS (
    SELECT
        import_id,
        file_id
    FROM asset_import
    WHERE
        sent_at < %(before)s
        AND coalesce(school_id = ANY(%(school_ids)s::uuid []), true)
        AND state NOT IN ('trying', 'applying', 'undoing')
),

settled AS (
    UPDATE asset_import
    SET
        state = CASE asset_import.state WHEN 'stopped' THEN 'applied' ELSE 'given-up' END,
        version = asset_import.version + 1
    FROM old
    WHERE
        asset_import.import_id = old.import_id
        AND asset_import.state IN ('sent', 'tried', 'failed', 'stopped')
),

unsaid AS (
    UPDATE asset_import_fault SET said = ''
    FROM old
    WHERE asset_import_fault.import_id = old.import_id AND asset_import_fault.said <> ''
)

DELETE FROM file USING old
WHERE file.file_id = old.file_id;

-- expire_record_changes
-- Let go of what changed on devices longer ago than that is kept.
DELETE FROM agent_change
WHERE school_id = ANY(%(school_ids)s::uuid []) AND heard_at < %(before)s;

-- expire_record_refusals
-- Let go of how often agents were refused on days longer ago than that is kept.
DELETE FROM agent_refusal
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND on_day < (%(before)s::timestamptz AT TIME ZONE 'UTC')::date;

-- expire_record_custody
-- Let go of who had kit that came back longer ago than that is kept.
UPDATE custody
SET
    version = version + 1,
    holder_name = '[name expired]',
    holder_reference = NULL,
    condition_out = NULL,
    condition_in = NULL
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND returned_at < %(before)s
    AND holder_name <> '[name expired]';

-- expire_record_scans
-- Let go of whom scans name that came longer ago than that is kept.
UPDATE custody_scan
SET
    holder_name = NULL,
    holder_reference = NULL,
    detail = NULL
WHERE
    school_id = ANY(%(school_ids)s::uuid [])
    AND came_at < %(before)s
    AND (holder_name IS NOT NULL OR detail IS NOT NULL);
