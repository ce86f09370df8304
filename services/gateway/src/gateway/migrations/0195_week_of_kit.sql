-- Somebody may be told once a week how the kit stands that they look after: only who
-- asks for it, and each week once.
-- depends: 0190_wrong_secrets

SET lock_timeout = '2s';

-- As many rows as people who chose; what is dropped comes back wider at once.
-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint
ALTER TABLE mail_choice
ADD COLUMN told_week_on date,
DROP CONSTRAINT mail_choice_kind_check,
ADD CONSTRAINT mail_choice_kind_check CHECK (kind IN ('ticket-resolved', 'kit-week')),
DROP CONSTRAINT mail_choice_frequency_check,
ADD CONSTRAINT mail_choice_frequency_check CHECK (
    CASE kind
        WHEN 'kit-week' THEN frequency IN ('weekly', 'never')
        ELSE frequency IN ('at-once', 'daily', 'never')
    END
);

CREATE INDEX mail_choice_weekly ON mail_choice (kind, told_week_on)
WHERE frequency = 'weekly';

GRANT UPDATE (told_week_on) ON mail_choice TO joinedup_app, joinedup_worker;
