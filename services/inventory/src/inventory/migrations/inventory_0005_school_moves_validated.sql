-- Every asset stands where its school does: those of before, too.
-- depends: inventory_0005_school_moves

SET lock_timeout = '2s';

ALTER TABLE asset VALIDATE CONSTRAINT asset_school_fkey;
