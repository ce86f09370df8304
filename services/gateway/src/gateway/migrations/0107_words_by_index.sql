-- The words of a school are found by their key, however many schools a statement writes.
-- depends: 0106_identity_by_school 0110_school_word

SET lock_timeout = '2s';

-- Of the rows that a statement changed the planner knows no number: left to itself it
-- reads the words of all of England for each part of an import.
CREATE OR REPLACE FUNCTION school_words_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
DECLARE
    gone uuid [];
    las text [];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(c.school_id), array_agg(DISTINCT f.la_code) INTO gone, las
        FROM changed AS c INNER JOIN former AS f USING (school_id)
        WHERE (f.la_code, f.name, f.town, f.postcode, f.laestab, f.urn)
        IS DISTINCT FROM (c.la_code, c.name, c.town, c.postcode, c.laestab, c.urn);
        DELETE FROM school_word AS w
        WHERE w.la_code = ANY(las) AND w.school_id = ANY(gone);
    END IF;
    INSERT INTO school_word (la_code, school_id, word, is_name)
    SELECT c.la_code, c.school_id, v.word, bool_or(v.is_name)
    FROM changed AS c
    CROSS JOIN LATERAL (
        SELECT o.word, o.is_name
        FROM school_words_of(c.name, c.town, c.postcode, c.laestab, c.urn) AS o
        UNION ALL
        SELECT i.urn::text, false FROM school_identity AS i
        WHERE i.school_id = c.school_id
    ) AS v
    WHERE NOT EXISTS (
        SELECT FROM school_word AS w
        WHERE w.la_code = c.la_code AND w.school_id = c.school_id
    )
    GROUP BY c.la_code, c.school_id, v.word;
    RETURN NULL;
END
$$;
