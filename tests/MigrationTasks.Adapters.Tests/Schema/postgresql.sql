-- A schema with something of everything that a migration can make.
DO $$ BEGIN
  IF to_regrole('schema_reader') IS NULL THEN CREATE ROLE schema_reader; CREATE ROLE schema_writer; END IF;
END $$;
CREATE SCHEMA app;
CREATE SCHEMA "Odd schema" AUTHORIZATION schema_writer;
COMMENT ON SCHEMA app IS 'The application';
GRANT USAGE ON SCHEMA app TO schema_reader;
CREATE EXTENSION pgcrypto SCHEMA app;
CREATE EXTENSION postgres_fdw;

CREATE COLLATION app.german (provider = icu, locale = 'de-DE-x-icu');
CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE app.pair AS (a int, b text COLLATE "C");
CREATE TYPE app.span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE DOMAIN app.email AS text COLLATE "C" DEFAULT 'nobody@example.com' NOT NULL CONSTRAINT has_at CHECK (VALUE ~ '@');
CREATE TYPE app.shell;
COMMENT ON TYPE app.mood IS 'How somebody is';
COMMENT ON TYPE app.pair IS 'Two';
COMMENT ON COLUMN app.pair.a IS 'The first';
COMMENT ON CONSTRAINT has_at ON DOMAIN app.email IS 'Not exact';
GRANT USAGE ON TYPE app.pair TO schema_reader;
REVOKE ALL ON TYPE app.mood FROM PUBLIC;

CREATE SEQUENCE app.numbers AS int INCREMENT 2 START 11 MAXVALUE 10000 CACHE 3 CYCLE;
GRANT USAGE, SELECT ON SEQUENCE app.numbers TO schema_writer;

CREATE TABLE app.users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email app.email UNIQUE,
  name varchar(40) COLLATE "C" DEFAULT 'x',
  mood app.mood DEFAULT 'ok',
  born date DEFAULT '2000-02-01',
  seen timestamptz DEFAULT now(),
  score numeric(10, 2) NOT NULL DEFAULT 0,
  tags text[] DEFAULT '{}',
  doc jsonb,
  pair app.pair,
  upper_name text GENERATED ALWAYS AS (upper(name)) STORED,
  "odd ""name: x" int,
  CONSTRAINT score_is_positive CHECK (score >= 0)
) WITH (fillfactor = 70);
ALTER TABLE app.users ALTER doc SET STORAGE EXTERNAL, ALTER tags SET STATISTICS 500, ALTER score SET (n_distinct = 5);
COMMENT ON TABLE app.users IS E'People\nwho use it';
COMMENT ON COLUMN app.users.id IS 'The key';
COMMENT ON CONSTRAINT score_is_positive ON app.users IS 'Nobody owes';

CREATE TABLE app.orders (
  id serial,
  user_id bigint,
  place text, slot int,
  total numeric,
  during tstzrange,
  CONSTRAINT orders_pkey PRIMARY KEY (id) INCLUDE (total) WITH (fillfactor = 80),
  CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES app.users ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT orders_slot UNIQUE NULLS NOT DISTINCT (place, slot),
  CONSTRAINT orders_apart EXCLUDE USING gist (during WITH &&) WHERE (total > 0)
);
ALTER TABLE app.orders ADD CONSTRAINT total_is_small CHECK (total < 1000000) NOT VALID;
ALTER TABLE app.orders ADD CONSTRAINT total_is_known CHECK (total IS NOT NULL) NO INHERIT;
ALTER TABLE app.orders REPLICA IDENTITY FULL;
GRANT SELECT, INSERT ON app.orders TO schema_writer WITH GRANT OPTION;
GRANT SELECT, UPDATE (total, place) ON app.orders TO schema_reader;
CREATE INDEX orders_by_user ON app.orders USING btree (user_id DESC NULLS LAST, lower(place) text_pattern_ops) INCLUDE (total) WITH (fillfactor = 60) WHERE total > 0;
CREATE UNIQUE INDEX orders_unique ON app.orders (slot, total);
CREATE INDEX orders_hash ON app.orders USING hash (place);
ALTER TABLE app.orders CLUSTER ON orders_unique;
COMMENT ON INDEX app.orders_by_user IS 'For the list';
CREATE STATISTICS app.orders_stats (ndistinct, dependencies) ON user_id, place FROM app.orders;
COMMENT ON STATISTICS app.orders_stats IS 'They belong together';

CREATE UNLOGGED TABLE app.cache (key text PRIMARY KEY, value text);
CREATE TABLE app.typed OF app.pair (PRIMARY KEY (a));
CREATE TABLE app.parents (a int, CONSTRAINT parents_a CHECK (a > 0));
CREATE TABLE app.children (b int) INHERITS (app.parents);
CREATE TABLE app.parts (k int NOT NULL, at timestamptz NOT NULL DEFAULT now(), v text, PRIMARY KEY (k, at)) PARTITION BY RANGE (at);
CREATE TABLE app.parts_1 PARTITION OF app.parts FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
CREATE TABLE app.parts_rest PARTITION OF app.parts DEFAULT;
CREATE INDEX parts_v ON app.parts (v);

CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  NEW.seen := now();
  RETURN NEW;
END $f$;
CREATE FUNCTION app.total_of(who bigint, above numeric DEFAULT 0) RETURNS numeric LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 50
RETURN (SELECT sum(o.total) FROM app.orders o WHERE o.user_id = who AND o.total > above);
CREATE FUNCTION app.rows_of() RETURNS TABLE (a int, b text) LANGUAGE sql ROWS 5 AS 'SELECT 1, ''x''';
CREATE FUNCTION app.secret() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = app AS 'SELECT 1';
REVOKE ALL ON FUNCTION app.secret() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.secret() TO schema_reader;
COMMENT ON FUNCTION app.secret() IS 'Sh';
CREATE PROCEDURE app.clean(days int) LANGUAGE sql AS 'DELETE FROM app.cache';
CREATE AGGREGATE app.glue(text) (SFUNC = textcat, STYPE = text, INITCOND = '');
CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR(app.===), RESTRICT = eqsel);
CREATE FUNCTION app.pair_text(app.pair) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).b';
CREATE CAST (app.pair AS text) WITH FUNCTION app.pair_text(app.pair) AS ASSIGNMENT;

CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF name ON app.users FOR EACH ROW WHEN (NEW.name IS NOT NULL) EXECUTE FUNCTION app.touch();
COMMENT ON TRIGGER touch ON app.users IS 'Keeps the time';
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON app.orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE RULE no_delete AS ON DELETE TO app.cache DO INSTEAD NOTHING;
CREATE FUNCTION app.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION app.on_ddl();
ALTER EVENT TRIGGER watch DISABLE;

CREATE VIEW app.adults WITH (security_barrier) AS SELECT u.id, u.email FROM app.users u WHERE u.score > 18 WITH CASCADED CHECK OPTION;
CREATE VIEW app.totals AS SELECT u.id, app.total_of(u.id) AS total FROM app.users u;
ALTER VIEW app.totals ALTER total SET DEFAULT 7;
COMMENT ON VIEW app.totals IS 'Sums';
COMMENT ON COLUMN app.totals.total IS 'The sum';
CREATE MATERIALIZED VIEW app.counts AS SELECT count(*) AS n FROM app.orders;
CREATE UNIQUE INDEX counts_n ON app.counts (n);

ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.users FOR SELECT TO schema_reader, schema_writer USING (mood <> 'sad');
CREATE POLICY strict ON app.users AS RESTRICTIVE WITH CHECK (score > 0);
COMMENT ON POLICY own ON app.users IS 'Only the glad';

ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO schema_reader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE PUBLICATION chosen FOR TABLE app.orders (id, user_id) WHERE (id > 0), app.parts WITH (publish = 'insert, update');
CREATE PUBLICATION everything FOR TABLES IN SCHEMA "Odd schema";
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.example.com', dbname 'far');
CREATE USER MAPPING FOR schema_reader SERVER far OPTIONS (user 'somebody', password 'nobody knows it');
CREATE FOREIGN TABLE app.remote (id int OPTIONS (column_name 'ID'), note text) SERVER far OPTIONS (table_name 'Remote');

CREATE TEXT SEARCH DICTIONARY app.stems (TEMPLATE = snowball, language = english);
CREATE TEXT SEARCH CONFIGURATION app.words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION app.words ALTER MAPPING FOR asciiword WITH app.stems, simple;
CREATE OPERATOR FAMILY app.numbers_family USING btree;
CREATE CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
