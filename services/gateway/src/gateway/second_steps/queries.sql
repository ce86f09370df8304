-- list_known
-- Read which of some events of Keycloak's are recorded.
SELECT event_id FROM sign_on_event
WHERE event_id = ANY(%(event_ids)s::text []);

-- keep
-- Note that an event is recorded, once.
INSERT INTO sign_on_event (event_id, happened_at)
VALUES (%(event_id)s, %(happened_at)s)
ON CONFLICT DO NOTHING;

-- forget
-- Forget events that are not asked for any more.
DELETE FROM sign_on_event WHERE happened_at < %(before)s;
