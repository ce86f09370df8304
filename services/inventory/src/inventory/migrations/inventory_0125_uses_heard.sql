-- The worker says consumables and their stock again, and takes an import back.
-- depends: inventory_0120_consumables

SET lock_timeout = '2s';

GRANT SELECT ON consumable, consumable_told, stock_line, stock_use, stock_draw
TO joinedup_worker;
