-- The words by which a school is found: of its name, its place and its numbers.
--
-- A table and not a text search index: under row-level security an index serves only
-- operators that are leakproof, as the comparison of texts is and @@ or LIKE is not.
-- depends: 0104_school_import

SET lock_timeout = '2s';

-- One way to cut text into words, for what is kept and for what is asked.
CREATE FUNCTION search_words(written text) RETURNS text []
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY INVOKER
RETURN array_remove(
    regexp_split_to_array(
        regexp_replace(
            translate(lower(written), 'àáâäçèéêëìíîïñòóôöùúûü’''', 'aaaaceeeeiiiinoooouuuu'),
            '\msaint\M', 'st', 'g'
        ),
        '[^a-z0-9]+'
    ),
    ''
);

-- No foreign key: only the triggers below write here, and an import of England's
-- register writes a quarter of a million words at once.
CREATE TABLE school_word (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    word text COLLATE "C" NOT NULL,
    is_name boolean NOT NULL,
    CONSTRAINT school_word_pkey PRIMARY KEY (la_code, school_id, word)
);

CREATE INDEX school_word_by_word ON school_word (word);

CALL secure_tenant_table('school_word');

GRANT SELECT, INSERT, UPDATE, DELETE ON school_word TO joinedup_app, joinedup_worker;

CREATE FUNCTION school_words_of(
    name text, town text, postcode text, laestab text, urn integer
) RETURNS TABLE (word text, is_name boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY INVOKER
AS $$
    SELECT unnest(search_words(name)), true
    UNION ALL
    SELECT
        unnest(
            search_words(
                concat_ws(
                    ' ', town, postcode, replace(postcode, ' ', ''), laestab,
                    replace(laestab, '/', ''), urn
                )
            )
        ),
        false
$$;

-- The words follow the school, whichever statement writes it.
CREATE FUNCTION school_words_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM school_word AS w
        USING changed AS c INNER JOIN former AS f USING (school_id)
        WHERE w.la_code = f.la_code AND w.school_id = f.school_id
        AND (f.la_code, f.name, f.town, f.postcode, f.laestab, f.urn)
        IS DISTINCT FROM (c.la_code, c.name, c.town, c.postcode, c.laestab, c.urn);
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

CREATE TRIGGER school_words_of_new AFTER INSERT ON school
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION school_words_follow();

CREATE TRIGGER school_words_of_changed AFTER UPDATE ON school
REFERENCING OLD TABLE AS former NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION school_words_follow();

-- A school is found by every URN that it had.
CREATE FUNCTION school_urns_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    INSERT INTO school_word (la_code, school_id, word, is_name)
    SELECT n.la_code, n.school_id, n.urn::text, false FROM noted AS n
    ON CONFLICT ON CONSTRAINT school_word_pkey DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER school_urns_of_new AFTER INSERT ON school_identity
REFERENCING NEW TABLE AS noted
FOR EACH STATEMENT EXECUTE FUNCTION school_urns_follow();

-- For the words of the schools that are there, the owner reads past row-level security
-- within this transaction: nobody else sees the tables till it is forced again.
ALTER TABLE school NO FORCE ROW LEVEL SECURITY;
ALTER TABLE school_identity NO FORCE ROW LEVEL SECURITY;
ALTER TABLE school_word NO FORCE ROW LEVEL SECURITY;

INSERT INTO school_word (la_code, school_id, word, is_name)
SELECT s.la_code, s.school_id, v.word, bool_or(v.is_name)
FROM school AS s
CROSS JOIN LATERAL (
    SELECT o.word, o.is_name
    FROM school_words_of(s.name, s.town, s.postcode, s.laestab, s.urn) AS o
    UNION ALL
    SELECT i.urn::text, false FROM school_identity AS i
    WHERE i.school_id = s.school_id
) AS v
GROUP BY s.la_code, s.school_id, v.word;

ALTER TABLE school FORCE ROW LEVEL SECURITY;
ALTER TABLE school_identity FORCE ROW LEVEL SECURITY;
ALTER TABLE school_word FORCE ROW LEVEL SECURITY;
