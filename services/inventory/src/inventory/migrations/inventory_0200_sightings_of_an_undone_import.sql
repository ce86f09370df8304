-- An import is undone by the worker, which leaves what a stock-take has seen.
-- depends: inventory_0190_network_services

SET lock_timeout = '2s';

GRANT SELECT ON asset_sighting TO joinedup_worker;
