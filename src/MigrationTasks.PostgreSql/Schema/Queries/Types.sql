-- Types and domains, but for the attributes of composite types.
SELECT t.kind, t.name, 'enum', '', (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = y.oid), 0
FROM thing t JOIN pg_type y ON y.oid = t.oid WHERE t.class = 'pg_type'::regclass AND y.typtype = 'e'
UNION ALL
SELECT t.kind, t.name, 'range', '', concat_ws(' ', format_type(g.rngsubtype, NULL),
  'opclass ' || quote_ident(n.nspname) || '.' || quote_ident(c.opcname),
  CASE WHEN g.rngcollation <> 0 THEN 'collate ' || g.rngcollation::regcollation END,
  CASE WHEN g.rngcanonical <> 0 THEN 'canonical ' || g.rngcanonical::regproc END,
  CASE WHEN g.rngsubdiff <> 0 THEN 'subtype_diff ' || g.rngsubdiff::regproc END,
  'multirange ' || format_type(g.rngmultitypid, NULL), -- 14+
  NULL), 0
FROM thing t JOIN pg_range g ON g.rngtypid = t.oid JOIN pg_opclass c ON c.oid = g.rngsubopc JOIN pg_namespace n ON n.oid = c.opcnamespace WHERE t.class = 'pg_type'::regclass
UNION ALL
SELECT t.kind, t.name, 'domain', '', concat_ws(' ', format_type(y.typbasetype, y.typtypmod),
  CASE WHEN y.typcollation <> b.typcollation THEN 'collate ' || y.typcollation::regcollation END,
  CASE WHEN y.typnotnull THEN 'not null' END,
  'default ' || pg_get_expr(y.typdefaultbin, 0)), 0
FROM thing t JOIN pg_type y ON y.oid = t.oid JOIN pg_type b ON b.oid = y.typbasetype WHERE t.class = 'pg_type'::regclass AND y.typtype = 'd'
UNION ALL
SELECT t.kind, t.name, 'uncovered', '', '', 0
FROM thing t JOIN pg_type y ON y.oid = t.oid WHERE t.class = 'pg_type'::regclass AND y.typtype IN ('b', 'p')
