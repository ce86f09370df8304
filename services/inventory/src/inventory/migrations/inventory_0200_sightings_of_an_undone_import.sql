-- An import is undone by the worker, which leaves what a stock-take has seen.
-- depends: inventory_0190_network_services

GRANT SELECT ON asset_sighting TO joinedup_worker;
