-- Documents of licences of software: orders, agreements, proofs of what was bought.
-- depends: inventory_0160_licences

SET lock_timeout = '2s';

-- It is whose its licence is. An LA's are read by the LA alone, as its files are.
CREATE TABLE licence_document (
    la_code text NOT NULL,
    school_id uuid,
    document_id uuid NOT NULL DEFAULT uuidv7(),
    licence_id uuid NOT NULL,
    title text NOT NULL,
    file_id uuid NOT NULL,
    added_by text NOT NULL DEFAULT scope_principal(),
    added_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT licence_document_pkey PRIMARY KEY (la_code, document_id),
    CONSTRAINT licence_document_licence_fkey FOREIGN KEY (la_code, licence_id)
    REFERENCES licence (la_code, licence_id) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT licence_document_file_fkey FOREIGN KEY (file_id) REFERENCES file (file_id)
);

CREATE INDEX licence_document_by_id ON licence_document (document_id);
CREATE INDEX licence_document_of_licence ON licence_document (licence_id, document_id);
CREATE INDEX licence_document_of_school ON licence_document (school_id);
CREATE INDEX licence_document_by_file ON licence_document (file_id);
CALL secure_tenant_table('licence_document');

-- What belongs to a licence goes where it goes, and goes with it: the key takes the row
-- along, and the row its file.
CREATE FUNCTION take_document_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE file SET la_code = new.la_code, school_id = new.school_id
    WHERE file_id = new.file_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER licence_document_moved
AFTER UPDATE OF la_code, school_id ON licence_document
FOR EACH ROW EXECUTE FUNCTION take_document_along();

CREATE FUNCTION drop_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM file WHERE file_id = old.file_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER licence_document_removed
AFTER DELETE ON licence_document
FOR EACH ROW EXECUTE FUNCTION drop_document();

GRANT SELECT, DELETE, INSERT (la_code, school_id, licence_id, title, file_id),
UPDATE (title) ON licence_document TO joinedup_app;
GRANT SELECT ON licence_document TO joinedup_worker;
