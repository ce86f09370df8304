-- The words of a school are written without a look at those of all others.
-- depends: 0110_school_word

SET lock_timeout = '2s';

-- Its plans are made once a session, perhaps while the tables are empty, and kept while
-- an import fills them: what it reads it looks up by a school's id, in an index.
CREATE OR REPLACE FUNCTION school_words_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
SET enable_seqscan = off
AS $$
DECLARE
    renamed uuid [];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(c.school_id) INTO renamed
        FROM changed AS c INNER JOIN former AS f USING (school_id)
        WHERE (f.la_code, f.name, f.town, f.postcode, f.laestab, f.urn)
        IS DISTINCT FROM (c.la_code, c.name, c.town, c.postcode, c.laestab, c.urn);
        IF renamed IS NULL THEN
            RETURN NULL;
        END IF;
        DELETE FROM school_word AS w
        USING former AS f
        WHERE w.la_code = f.la_code AND w.school_id = f.school_id
        AND f.school_id = ANY(renamed);
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
    WHERE renamed IS NULL OR c.school_id = ANY(renamed)
    GROUP BY c.la_code, c.school_id, v.word;
    RETURN NULL;
END
$$;
