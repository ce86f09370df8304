-- An import that was stopped and is applied again may touch what it had made before.
-- depends: inventory_0050_asset_imports

SET lock_timeout = '2s';

GRANT UPDATE (asset_version, line) ON asset_import_effect TO joinedup_worker;
