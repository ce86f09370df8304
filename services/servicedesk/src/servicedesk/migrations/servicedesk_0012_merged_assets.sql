-- What was reported of a duplicate is found with the asset that it turned out to be.
-- depends: servicedesk_0011_assignees

SET lock_timeout = '2s';

ALTER TABLE asset ADD COLUMN merged_into uuid;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX asset_merged ON asset (merged_into) WHERE merged_into IS NOT NULL;
