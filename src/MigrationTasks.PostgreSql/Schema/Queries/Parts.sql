-- What is attached to tables, views and domains.
SELECT p.kind, p.name, 'constraint', quote_ident(k.conname), concat_ws(' ', pg_get_constraintdef(k.oid),
  'WITH (' || array_to_string(x.reloptions, ', ') || ')',
  'USING INDEX TABLESPACE ' || quote_ident(s.spcname),
  CASE WHEN k.coninhcount > 0 OR k.conparentid <> 0 THEN CASE WHEN k.conislocal THEN 'inherited and local' ELSE 'inherited' END END), 0
FROM piece p JOIN pg_constraint k ON k.oid = p.oid
LEFT JOIN pg_class x ON x.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
WHERE p.class = 'pg_constraint'::regclass AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND NOT (k.contype = 'f' AND k.conparentid <> 0)
UNION ALL
SELECT r.kind, r.name, 'index', quote_ident(x.relname), concat_ws(' ',
  CASE WHEN i.indisunique THEN 'unique' END,
  substr(pg_get_indexdef(x.oid), length(format('CREATE %sINDEX %I ON %s%s USING ', CASE WHEN i.indisunique THEN 'UNIQUE ' END, x.relname, CASE WHEN r.relkind = 'p' THEN 'ONLY ' END, r.name)) + 1),
  'tablespace ' || quote_ident(s.spcname),
  (SELECT 'statistics (' || string_agg(a.attnum || ' ' || a.attstattarget, ', ' ORDER BY a.attnum) || ')' FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0),
  CASE WHEN x.relispartition THEN 'inherited' END,
  CASE WHEN NOT i.indisvalid THEN 'invalid' END), 0
FROM pg_index i JOIN relation r ON r.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT r.kind, r.name, 'trigger', quote_ident(g.tgname), concat_ws(' ',
  CASE WHEN g.tgconstraint <> 0 THEN 'CONSTRAINT' END,
  substr(pg_get_triggerdef(g.oid), length(format('CREATE %sTRIGGER %I ', CASE WHEN g.tgconstraint <> 0 THEN 'CONSTRAINT ' END, g.tgname)) + 1),
  CASE g.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'enabled on replica' WHEN 'A' THEN 'enabled always' END), 0
FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid
WHERE NOT g.tgisinternal AND g.tgparentid = 0
UNION ALL
SELECT r.kind, r.name, 'rule', quote_ident(w.rulename), concat_ws(' ',
  ltrim(substr(pg_get_ruledef(w.oid), length(format('CREATE RULE %I AS', w.rulename)) + 1), chr(10) || ' '),
  CASE w.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'enabled on replica' WHEN 'A' THEN 'enabled always' END), 0
FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT r.kind, r.name, 'policy', quote_ident(p.polname), concat_ws(' ',
  CASE WHEN NOT p.polpermissive THEN 'restrictive' END,
  'for ' || CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END,
  'to ' || (SELECT string_agg(role.name, ', ' ORDER BY role.name) FROM role WHERE role.oid = ANY (p.polroles)),
  'using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
  'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'), 0
FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
