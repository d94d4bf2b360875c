-- Tables, views and sequences, but for their columns and what is attached to them.
SELECT r.kind, r.name, 'unlogged', '', '', 0 FROM relation r WHERE r.relpersistence = 'u'
UNION ALL
SELECT r.kind, r.name, 'materialized', '', '', 0 FROM relation r WHERE r.relkind = 'm'
UNION ALL
SELECT r.kind, r.name, 'definition', '', pg_get_viewdef(r.oid), 0 FROM relation r WHERE r.relkind IN ('v', 'm')
UNION ALL
SELECT r.kind, r.name, 'with', split_part(o.option, '=', 1), substr(o.option, strpos(o.option, '=') + 1), 0 FROM relation r, unnest(r.reloptions) AS o (option)
UNION ALL
SELECT r.kind, r.name, 'with', 'toast.' || split_part(o.option, '=', 1), substr(o.option, strpos(o.option, '=') + 1), 0
FROM relation r JOIN pg_class t ON t.oid = r.reltoastrelid, unnest(t.reloptions) AS o (option)
UNION ALL
SELECT r.kind, r.name, 'using', '', quote_ident(a.amname), 0 FROM relation r JOIN pg_am a ON a.oid = r.relam WHERE a.amname <> 'heap'
UNION ALL
SELECT r.kind, r.name, 'tablespace', '', quote_ident(s.spcname), 0 FROM relation r JOIN pg_tablespace s ON s.oid = r.reltablespace
UNION ALL
SELECT r.kind, r.name, 'replica-identity', '',
  CASE r.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' ELSE (SELECT 'index ' || quote_ident(c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = r.oid AND i.indisreplident) END, 0
FROM relation r WHERE r.relkind IN ('r', 'p', 'm') AND (r.relreplident IN ('n', 'f') OR (r.relreplident = 'i' AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = r.oid AND i.indisreplident)))
UNION ALL
SELECT r.kind, r.name, 'cluster', '', quote_ident(c.relname), 0 FROM relation r JOIN pg_index i ON i.indrelid = r.oid AND i.indisclustered JOIN pg_class c ON c.oid = i.indexrelid
UNION ALL
SELECT r.kind, r.name, 'row-security', '', concat_ws(', ', CASE WHEN r.relrowsecurity THEN 'enabled' END, CASE WHEN r.relforcerowsecurity THEN 'forced' END), 0
FROM relation r WHERE r.relrowsecurity OR r.relforcerowsecurity
UNION ALL
SELECT r.kind, r.name, 'partition-by', '', pg_get_partkeydef(r.oid), 0 FROM relation r WHERE r.relkind = 'p'
UNION ALL
SELECT r.kind, r.name, CASE WHEN r.relispartition THEN 'partition-of' ELSE 'inherits' END, '',
  string_agg(h.inhparent::regclass::text || coalesce(' ' || pg_get_expr(r.relpartbound, r.oid), '')
    || CASE WHEN h.inhdetachpending THEN ' detach pending' ELSE '' END -- 14+
    , ', ' ORDER BY h.inhseqno), 0
FROM relation r JOIN pg_inherits h ON h.inhrelid = r.oid GROUP BY r.kind, r.name, r.relispartition
UNION ALL
SELECT r.kind, r.name, 'of', '', r.reloftype::regtype::text, 0 FROM relation r WHERE r.reloftype <> 0
UNION ALL
SELECT r.kind, r.name, 'foreign', '', 'server ' || quote_ident(s.srvname), 0 FROM relation r JOIN pg_foreign_table f ON f.ftrelid = r.oid JOIN pg_foreign_server s ON s.oid = f.ftserver
UNION ALL
SELECT r.kind, r.name, 'option', quote_ident(o.option_name), quote_literal(o.option_value), 0
FROM relation r JOIN pg_foreign_table f ON f.ftrelid = r.oid, pg_options_to_table(f.ftoptions) AS o
UNION ALL
SELECT r.kind, r.name, 'sequence', '', format('as %s start %s increment %s minvalue %s maxvalue %s cache %s%s', format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, CASE WHEN q.seqcycle THEN ' cycle' END), 0
FROM relation r JOIN pg_sequence q ON q.seqrelid = r.oid
UNION ALL
SELECT r.kind, r.name, CASE d.deptype WHEN 'i' THEN 'identity-of' ELSE 'owned-by' END, '', d.refobjid::regclass::text || '.' || quote_ident(a.attname), 0
FROM relation r
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE r.relkind = 'S'
