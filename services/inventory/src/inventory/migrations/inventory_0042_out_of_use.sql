-- Kit that is out of use counts nowhere: what counts over all kit looks it up here.
-- depends: inventory_0041_titles

SET lock_timeout = '2s';

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX asset_out_of_use ON asset (la_code, asset_id)
WHERE status IN ('retired', 'disposed', 'cancelled');
