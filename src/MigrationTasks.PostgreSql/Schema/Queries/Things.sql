-- What all the other queries stand on. In each file a line that ends with a version, as in "-- 14+", is left out for older servers.
WITH own AS (
  -- The tables of MigrationTasks, one a line.
  SELECT to_regclass(name) AS oid FROM unnest(string_to_array($1, chr(10))) AS name
),
migrator AS (
  -- Whoever applies the migrations: under what name differs from database to database, so that nobody says that something is theirs.
  SELECT coalesce((SELECT c.relowner FROM pg_class c JOIN own ON own.oid = c.oid LIMIT 1), (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)) AS oid
),
role AS (
  SELECT r.oid, CASE WHEN r.oid = (SELECT oid FROM migrator) THEN 'CURRENT_USER' ELSE quote_ident(r.rolname) END AS name FROM pg_roles r
  UNION ALL SELECT 0, 'PUBLIC'
),
namespace AS (
  SELECT n.oid, n.nspname, quote_ident(n.nspname) AS name, n.nspowner, n.nspacl FROM pg_namespace n WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
),
thing (class, oid, kind, name, owner, acl, acl_type) AS MATERIALIZED (
  SELECT * FROM (
    -- A schema that was made for the history alone is a part of it.
    SELECT 'pg_namespace'::regclass::oid, n.oid, 'schema', n.name, n.nspowner, n.nspacl, 'n' FROM namespace n
    WHERE n.nspname = 'public' OR NOT EXISTS (SELECT FROM pg_class c JOIN own ON own.oid = c.oid WHERE c.relnamespace = n.oid)
      OR EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid NOT IN (SELECT own.oid FROM own WHERE own.oid IS NOT NULL))
      OR EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = n.oid)
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, CASE WHEN c.relkind = 'S' THEN 'sequence' WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
      n.name || '.' || quote_ident(c.relname), c.relowner, c.relacl, CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END
    FROM pg_class c JOIN namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND c.oid NOT IN (SELECT own.oid FROM own WHERE own.oid IS NOT NULL)
      AND NOT (c.relkind = 'S' AND EXISTS (SELECT FROM pg_depend d JOIN own ON own.oid = d.refobjid WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass))
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, CASE WHEN t.typtype = 'd' THEN 'domain' ELSE 'type' END, n.name || '.' || quote_ident(t.typname), t.typowner, t.typacl, 'T'
    FROM pg_type t JOIN namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typtype <> 'm' AND coalesce(c.relkind, 'c') = 'c' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
      n.name || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')', p.proowner, p.proacl, 'f'
    FROM pg_proc p JOIN namespace n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
    UNION ALL
    SELECT 'pg_operator'::regclass, o.oid, 'operator', n.name || '.' || o.oprname || '(' || CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END || ', ' || format_type(o.oprright, NULL) || ')', o.oprowner, NULL, NULL
    FROM pg_operator o JOIN namespace n ON n.oid = o.oprnamespace
    UNION ALL
    SELECT 'pg_collation'::regclass, o.oid, 'collation', n.name || '.' || quote_ident(o.collname), o.collowner, NULL, NULL FROM pg_collation o JOIN namespace n ON n.oid = o.collnamespace
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, o.oid, 'statistics', n.name || '.' || quote_ident(o.stxname), o.stxowner, NULL, NULL FROM pg_statistic_ext o JOIN namespace n ON n.oid = o.stxnamespace
    UNION ALL
    SELECT 'pg_ts_config'::regclass, o.oid, 'text-search-configuration', n.name || '.' || quote_ident(o.cfgname), o.cfgowner, NULL, NULL FROM pg_ts_config o JOIN namespace n ON n.oid = o.cfgnamespace
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, o.oid, 'text-search-dictionary', n.name || '.' || quote_ident(o.dictname), o.dictowner, NULL, NULL FROM pg_ts_dict o JOIN namespace n ON n.oid = o.dictnamespace
    UNION ALL
    SELECT 'pg_ts_parser'::regclass, o.oid, 'text-search-parser', n.name || '.' || quote_ident(o.prsname), NULL, NULL, NULL FROM pg_ts_parser o JOIN namespace n ON n.oid = o.prsnamespace
    UNION ALL
    SELECT 'pg_ts_template'::regclass, o.oid, 'text-search-template', n.name || '.' || quote_ident(o.tmplname), NULL, NULL, NULL FROM pg_ts_template o JOIN namespace n ON n.oid = o.tmplnamespace
    UNION ALL
    SELECT 'pg_opclass'::regclass, o.oid, 'operator-class', n.name || '.' || quote_ident(o.opcname) || ' using ' || quote_ident(a.amname), o.opcowner, NULL, NULL FROM pg_opclass o JOIN namespace n ON n.oid = o.opcnamespace JOIN pg_am a ON a.oid = o.opcmethod
    UNION ALL
    SELECT 'pg_opfamily'::regclass, o.oid, 'operator-family', n.name || '.' || quote_ident(o.opfname) || ' using ' || quote_ident(a.amname), o.opfowner, NULL, NULL FROM pg_opfamily o JOIN namespace n ON n.oid = o.opfnamespace JOIN pg_am a ON a.oid = o.opfmethod
    UNION ALL
    SELECT 'pg_conversion'::regclass, o.oid, 'conversion', n.name || '.' || quote_ident(o.conname), o.conowner, NULL, NULL FROM pg_conversion o JOIN namespace n ON n.oid = o.connamespace
    UNION ALL
    SELECT 'pg_cast'::regclass, o.oid, 'cast', '(' || format_type(o.castsource, NULL) || ' AS ' || format_type(o.casttarget, NULL) || ')', NULL, NULL, NULL FROM pg_cast o WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = o.oid AND d.deptype = 'i')
    UNION ALL
    SELECT 'pg_transform'::regclass, o.oid, 'transform', format_type(o.trftype, NULL) || ' for ' || quote_ident(l.lanname), NULL, NULL, NULL FROM pg_transform o JOIN pg_language l ON l.oid = o.trflang
    UNION ALL
    SELECT 'pg_language'::regclass, o.oid, 'language', quote_ident(o.lanname), o.lanowner, o.lanacl, 'l' FROM pg_language o WHERE o.oid >= 16384
    UNION ALL
    SELECT 'pg_am'::regclass, o.oid, 'access-method', quote_ident(o.amname), NULL, NULL, NULL FROM pg_am o WHERE o.oid >= 16384
    UNION ALL
    SELECT 'pg_extension'::regclass, o.oid, 'extension', quote_ident(o.extname), o.extowner, NULL, NULL FROM pg_extension o WHERE o.oid >= 16384
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, o.oid, 'event-trigger', quote_ident(o.evtname), o.evtowner, NULL, NULL FROM pg_event_trigger o
    UNION ALL
    SELECT 'pg_publication'::regclass, o.oid, 'publication', quote_ident(o.pubname), o.pubowner, NULL, NULL FROM pg_publication o
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, o.oid, 'foreign-data-wrapper', quote_ident(o.fdwname), o.fdwowner, o.fdwacl, 'F' FROM pg_foreign_data_wrapper o
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, o.oid, 'server', quote_ident(o.srvname), o.srvowner, o.srvacl, 'S' FROM pg_foreign_server o
  ) AS every (class, oid, kind, name, owner, acl, acl_type)
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = every.class AND d.objid = every.oid AND d.deptype = 'e')
),
relation AS (
  SELECT t.kind, t.name, c.* FROM thing t JOIN pg_class c ON c.oid = t.oid WHERE t.class = 'pg_class'::regclass
),
piece (class, oid, kind, name, label) AS (
  -- What has an owner and rights of its own only by what it is a part of.
  SELECT 'pg_constraint'::regclass::oid, k.oid, r.kind, r.name, 'constraint ' || quote_ident(k.conname) FROM pg_constraint k JOIN relation r ON r.oid = k.conrelid
  UNION ALL
  SELECT 'pg_constraint'::regclass, k.oid, t.kind, t.name, 'constraint ' || quote_ident(k.conname) FROM pg_constraint k JOIN thing t ON t.class = 'pg_type'::regclass AND t.oid = k.contypid
  UNION ALL
  SELECT 'pg_class'::regclass, i.indexrelid, r.kind, r.name, 'index ' || quote_ident(c.relname) FROM pg_index i JOIN relation r ON r.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
  UNION ALL
  SELECT 'pg_trigger'::regclass, g.oid, r.kind, r.name, 'trigger ' || quote_ident(g.tgname) FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid
  UNION ALL
  SELECT 'pg_rewrite'::regclass, w.oid, r.kind, r.name, 'rule ' || quote_ident(w.rulename) FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
  UNION ALL
  SELECT 'pg_policy'::regclass, p.oid, r.kind, r.name, 'policy ' || quote_ident(p.polname) FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
)
