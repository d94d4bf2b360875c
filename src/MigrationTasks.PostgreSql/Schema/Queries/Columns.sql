-- Columns of tables and attributes of composite types; of a view those columns that say more than its definition does.
SELECT o.kind, o.name, CASE WHEN o.relkind = 'c' THEN 'attribute' ELSE 'column' END, quote_ident(a.attname),
  concat_ws(' ',
    CASE WHEN o.relkind NOT IN ('v', 'm') THEN format_type(a.atttypid, a.atttypmod) END,
    CASE WHEN a.attcollation <> t.typcollation AND o.relkind NOT IN ('v', 'm') THEN 'collate ' || a.attcollation::regcollation END,
    CASE WHEN a.attnotnull THEN 'not null' END,
    (SELECT concat_ws(' ', CASE WHEN NOT k.convalidated THEN 'not valid' END, CASE WHEN k.connoinherit THEN 'no inherit' END) FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum AND (NOT k.convalidated OR k.connoinherit)), -- 18+
    CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
    CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END END,
    CASE a.attcompression WHEN 'p' THEN 'compression pglz' WHEN 'l' THEN 'compression lz4' END, -- 14+
    CASE WHEN a.attstattarget >= 0 THEN 'statistics ' || a.attstattarget END,
    'options (' || (SELECT string_agg(x, ', ' ORDER BY x) FROM unnest(a.attoptions) AS x) || ')',
    'foreign options (' || (SELECT string_agg(x.option_name || ' ' || quote_literal(x.option_value), ', ' ORDER BY x.option_name) FROM pg_options_to_table(a.attfdwoptions) AS x) || ')',
    CASE WHEN NOT a.attislocal THEN 'inherited' END,
    CASE a.attgenerated WHEN '' THEN 'default ' || pg_get_expr(d.adbin, d.adrelid) WHEN 's' THEN 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored' ELSE 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') virtual' END),
  (row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum))::int
FROM (
  SELECT r.kind, r.name, r.oid, r.relkind FROM relation r WHERE r.relkind <> 'S'
  UNION ALL
  SELECT t.kind, t.name, y.typrelid, 'c' FROM thing t JOIN pg_type y ON y.oid = t.oid WHERE t.class = 'pg_type'::regclass AND y.typtype = 'c'
) AS o (kind, name, oid, relkind)
JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE o.relkind NOT IN ('v', 'm') OR d.oid IS NOT NULL OR a.attstattarget >= 0 OR a.attoptions IS NOT NULL OR (o.relkind = 'm' AND a.attstorage <> t.typstorage)
