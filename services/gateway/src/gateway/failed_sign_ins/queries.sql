-- begin_reading
-- Begin with a moment, where nothing was read before.
INSERT INTO sign_in_look (read_until) VALUES (%(begin_at)s)
ON CONFLICT DO NOTHING;

-- get_read_until
-- Say up to which moment the log was read.
SELECT read_until FROM sign_in_look;

-- read_on
-- Note that the log was read further, unless another process was quicker.
UPDATE sign_in_look SET read_until = %(until)s
WHERE read_until = %(since)s;
