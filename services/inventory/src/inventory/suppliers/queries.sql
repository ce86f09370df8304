-- insert_supplier
-- Store what an LA knows of a supplier.
INSERT INTO supplier (
    la_code, name, desk_phone, desk_email, website, account_number, contract_reference,
    starts_on, ends_on, notice_on
) VALUES (
    %(la_code)s, %(name)s, %(desk_phone)s, %(desk_email)s, %(website)s,
    %(account_number)s, %(contract_reference)s, %(starts_on)s, %(ends_on)s, %(notice_on)s
)
RETURNING supplier_id;

-- get_supplier
-- Read a supplier of the scope.
SELECT told.*
FROM supplier_told AS told
WHERE told.supplier_id = %(supplier_id)s;

-- update_supplier
-- Store what is known of a supplier now, if it is at the version that was seen.
UPDATE supplier SET
    name = %(name)s,
    desk_phone = %(desk_phone)s,
    desk_email = %(desk_email)s,
    website = %(website)s,
    account_number = %(account_number)s,
    contract_reference = %(contract_reference)s,
    starts_on = %(starts_on)s,
    ends_on = %(ends_on)s,
    notice_on = %(notice_on)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE supplier_id = %(supplier_id)s AND version = %(version)s
RETURNING supplier_id;

-- list_suppliers
-- Read the suppliers of the LAs of the scope.
SELECT told.*
FROM supplier_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(' ', told.name, told.account_number, told.contract_reference)
        ) LIKE ALL(%(parts)s::text [])
    );
