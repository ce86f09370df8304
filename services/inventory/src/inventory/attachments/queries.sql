-- list_attachments
-- List the pictures and documents of an asset, or one of them, the newest first.
SELECT
    a.attachment_id,
    a.la_code,
    a.school_id,
    a.asset_id,
    a.kind,
    a.title,
    a.file_id,
    a.preview_id,
    f.name,
    f.media_type,
    f.size,
    a.added_by,
    a.added_at
FROM asset_attachment AS a
INNER JOIN file AS f ON a.file_id = f.file_id
WHERE
    a.asset_id = %(asset_id)s
    AND (
        %(attachment_id)s::uuid IS NULL OR a.attachment_id = %(attachment_id)s::uuid
    )
ORDER BY a.attachment_id DESC
LIMIT %(page_size)s;

-- count_attachments
-- Count what an asset has, and how much of it is one content.
SELECT
    count(*)::integer AS attachments,
    (count(*) FILTER (WHERE f.sha256 = %(sha256)s))::integer AS alike
FROM asset_attachment AS a
INNER JOIN file AS f ON a.file_id = f.file_id
WHERE a.asset_id = %(asset_id)s;

-- insert_attachment
-- Attach a file to an asset.
INSERT INTO asset_attachment (
    la_code, school_id, asset_id, kind, title, file_id, preview_id
) VALUES (
    %(la_code)s, %(school_id)s, %(asset_id)s, %(kind)s, %(title)s, %(file_id)s,
    %(preview_id)s
)
RETURNING attachment_id;

-- delete_attachment
-- Let an asset have a picture or document no longer.
DELETE FROM asset_attachment
WHERE attachment_id = %(attachment_id)s;

-- move_attachments
-- Let pictures and documents be another asset's.
UPDATE asset_attachment SET asset_id = %(new_id)s
WHERE
    asset_id = %(old_id)s
    AND (%(only)s::uuid [] IS NULL OR attachment_id = ANY(%(only)s::uuid []))
RETURNING attachment_id;
