-- list_school_ids
-- The schools of the scope.
SELECT s.school_id FROM school AS s
ORDER BY s.school_id;
