-- Notices of an LA to its schools, and who has put which away.
-- depends: 0110_school_word

SET lock_timeout = '2s';

-- An empty list of roles, phases or schools means: all of them.
CREATE TABLE notice (
    la_code text NOT NULL,
    notice_id uuid NOT NULL DEFAULT uuidv7(),
    title text NOT NULL,
    body text NOT NULL,
    tone text NOT NULL,
    roles text [] NOT NULL,
    phases text [] NOT NULL,
    school_ids uuid [] NOT NULL,
    from_on date NOT NULL,
    to_on date,
    state text NOT NULL DEFAULT 'draft',
    author_id text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT notice_pkey PRIMARY KEY (la_code, notice_id),
    CONSTRAINT notice_la_fkey FOREIGN KEY (la_code) REFERENCES local_authority (la_code),
    CONSTRAINT notice_tone_check CHECK (tone IN ('note', 'warn', 'bad')),
    CONSTRAINT notice_state_check CHECK (state IN ('draft', 'published', 'withdrawn')),
    CONSTRAINT notice_period_check CHECK (to_on >= from_on),
    CONSTRAINT notice_version_check CHECK (version > 0)
);

CREATE INDEX notice_by_id ON notice (notice_id);

-- The LA's own people read all of its notices. A school's people read those that are
-- published to it: the subquery on schools is itself bound by their scope.
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice FORCE ROW LEVEL SECURITY;
CREATE POLICY notice_read ON notice FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR (
        state = 'published'
        AND EXISTS (
            SELECT FROM school AS s
            WHERE
                s.la_code = notice.la_code
                AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
                AND (notice.school_ids = '{}' OR s.school_id = ANY(notice.school_ids))
                AND (notice.phases = '{}' OR s.phase = ANY(notice.phases))
        )
    )
);
CREATE POLICY notice_insert ON notice FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY notice_update ON notice FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY notice_delete ON notice FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

CREATE TABLE notice_put_away (
    la_code text NOT NULL,
    notice_id uuid NOT NULL,
    principal text NOT NULL,
    put_away_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT notice_put_away_pkey PRIMARY KEY (la_code, notice_id, principal),
    CONSTRAINT notice_put_away_notice_fkey FOREIGN KEY (la_code, notice_id)
    REFERENCES notice (la_code, notice_id)
);

CREATE INDEX notice_put_away_principal ON notice_put_away (principal, notice_id);

-- What somebody put away is theirs alone.
ALTER TABLE notice_put_away ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_put_away FORCE ROW LEVEL SECURITY;
CREATE POLICY notice_put_away_own ON notice_put_away
USING (principal = (SELECT scope_principal()))
WITH CHECK (principal = (SELECT scope_principal()));

GRANT SELECT, INSERT, UPDATE (
    title, body, tone, roles, phases, school_ids, from_on, to_on, state, version,
    changed_at
) ON notice TO joinedup_app;
GRANT SELECT, INSERT ON notice_put_away TO joinedup_app;
