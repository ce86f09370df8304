-- A name is taken out of what became of kit; nothing else of it is rewritten.
-- depends: inventory_0004_asset_history

SET lock_timeout = '2s';

CREATE POLICY asset_history_erased ON asset_history AS RESTRICTIVE FOR UPDATE
USING ((SELECT scope_principal()) LIKE 'service:%')
WITH CHECK ((SELECT scope_principal()) LIKE 'service:%');

GRANT UPDATE (changes) ON asset_history TO joinedup_app;
