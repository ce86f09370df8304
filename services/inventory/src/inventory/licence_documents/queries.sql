-- list_documents
-- List the documents of a licence, or one of them, the newest first.
SELECT
    d.document_id,
    d.la_code,
    d.school_id,
    d.licence_id,
    d.title,
    d.file_id,
    f.name,
    f.media_type,
    f.size,
    d.added_by,
    d.added_at
FROM licence_document AS d
INNER JOIN file AS f ON d.file_id = f.file_id
WHERE
    d.licence_id = %(licence_id)s
    AND (%(document_id)s::uuid IS NULL OR d.document_id = %(document_id)s::uuid)
ORDER BY d.document_id DESC
LIMIT %(page_size)s;

-- count_documents
-- Count what a licence has, and how much of it is one content.
SELECT
    count(*)::integer AS documents,
    (count(*) FILTER (WHERE f.sha256 = %(sha256)s))::integer AS alike
FROM licence_document AS d
INNER JOIN file AS f ON d.file_id = f.file_id
WHERE d.licence_id = %(licence_id)s;

-- insert_document
-- Keep a document of a licence.
INSERT INTO licence_document (la_code, school_id, licence_id, title, file_id)
VALUES (%(la_code)s, %(school_id)s, %(licence_id)s, %(title)s, %(file_id)s)
RETURNING document_id;

-- delete_document
-- Keep a document of a licence no more; its file goes with it.
DELETE FROM licence_document
WHERE document_id = %(document_id)s;
