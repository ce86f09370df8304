-- What else the directory says of a school: its place, its size, whom it belongs to.
-- depends: strategy_0004_benchmarks

SET lock_timeout = '2s';

-- Eastings and northings are metres of the national grid (OSGB36); ages are years.
ALTER TABLE school
ADD COLUMN free_school_meals_percent numeric(4, 1),
ADD COLUMN establishment_type text,
ADD COLUMN capacity integer,
ADD COLUMN low_age integer,
ADD COLUMN high_age integer,
ADD COLUMN trust text,
ADD COLUMN federation text,
ADD COLUMN district text,
ADD COLUMN easting integer,
ADD COLUMN northing integer;
