-- Pictures and documents of kit: the files that belong to an asset.
-- depends: inventory_0051_effects_again

SET lock_timeout = '2s';

CREATE TABLE asset_attachment (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    attachment_id uuid NOT NULL DEFAULT uuidv7(),
    asset_id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    file_id uuid NOT NULL,
    preview_id uuid,
    added_by text NOT NULL DEFAULT scope_principal(),
    added_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT asset_attachment_pkey PRIMARY KEY (la_code, school_id, attachment_id),
    CONSTRAINT asset_attachment_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT asset_attachment_file_fkey FOREIGN KEY (file_id)
    REFERENCES file (file_id),
    CONSTRAINT asset_attachment_preview_fkey FOREIGN KEY (preview_id)
    REFERENCES file (file_id),
    CONSTRAINT asset_attachment_kind_check CHECK (
        kind IN ('picture', 'invoice', 'warranty', 'manual', 'certificate', 'other')
    )
);

CREATE INDEX asset_attachment_by_asset ON asset_attachment (asset_id, attachment_id);
CREATE INDEX asset_attachment_by_id ON asset_attachment (attachment_id);
CREATE INDEX asset_attachment_by_file ON asset_attachment (file_id);
CREATE INDEX asset_attachment_by_preview ON asset_attachment (preview_id);
CALL secure_tenant_table('asset_attachment');

-- What belongs to an asset goes where it goes: the key takes the row along, and the row
-- its files, so that whoever has the asset then has them too.
CREATE FUNCTION take_files_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE file SET la_code = new.la_code, school_id = new.school_id
    WHERE file_id IN (new.file_id, new.preview_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER asset_attachment_moved
AFTER UPDATE OF la_code, school_id ON asset_attachment
FOR EACH ROW EXECUTE FUNCTION take_files_along();

-- Whoever moves an asset may write where it was and where it goes.
CREATE POLICY file_moved ON file FOR UPDATE USING (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
) WITH CHECK (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
);

GRANT SELECT, DELETE, INSERT (
    la_code, school_id, asset_id, kind, title, file_id, preview_id
), UPDATE (title) ON asset_attachment TO joinedup_app;
GRANT SELECT ON asset_attachment TO joinedup_worker;
GRANT UPDATE (la_code, school_id, name) ON file TO joinedup_app;
GRANT UPDATE (la_code, school_id) ON file TO joinedup_worker;
