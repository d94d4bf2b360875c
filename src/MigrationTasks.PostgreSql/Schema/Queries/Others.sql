-- Extensions, publications, foreign servers, collations, statistics, text search; and what is only known to be there.
SELECT t.kind, t.name, 'schema', '', quote_ident(n.nspname), 0
FROM thing t JOIN pg_extension e ON e.oid = t.oid JOIN pg_namespace n ON n.oid = e.extnamespace WHERE t.class = 'pg_extension'::regclass
UNION ALL
SELECT t.kind, t.name, 'publish', '', concat_ws(' ', CASE WHEN p.puballtables THEN 'all tables' END,
  concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
  CASE WHEN p.pubgencols <> 'n' THEN 'generated columns ' || p.pubgencols::text END, -- 18+
  CASE WHEN p.pubviaroot THEN 'via partition root' END), 0
FROM thing t JOIN pg_publication p ON p.oid = t.oid WHERE t.class = 'pg_publication'::regclass
UNION ALL
SELECT t.kind, t.name, 'table', p.prrelid::regclass::text, concat_ws(' ',
  '(' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = p.prrelid AND a.attnum = ANY (p.prattrs)) || ')', -- 15+
  'where ' || pg_get_expr(p.prqual, p.prrelid), -- 15+
  NULL), 0
FROM thing t JOIN pg_publication_rel p ON p.prpubid = t.oid WHERE t.class = 'pg_publication'::regclass
UNION ALL -- 15+
SELECT t.kind, t.name, 'tables-of', quote_ident(n.nspname), '', 0 -- 15+
FROM thing t JOIN pg_publication_namespace p ON p.pnpubid = t.oid JOIN pg_namespace n ON n.oid = p.pnnspid WHERE t.class = 'pg_publication'::regclass -- 15+
UNION ALL
SELECT t.kind, t.name, 'wrapper', '', concat_ws(' ', CASE WHEN w.fdwhandler <> 0 THEN 'handler ' || w.fdwhandler::regproc END, CASE WHEN w.fdwvalidator <> 0 THEN 'validator ' || w.fdwvalidator::regproc END), 0
FROM thing t JOIN pg_foreign_data_wrapper w ON w.oid = t.oid WHERE t.class = 'pg_foreign_data_wrapper'::regclass
UNION ALL
SELECT t.kind, t.name, 'server', '', concat_ws(' ', 'foreign data wrapper ' || quote_ident(w.fdwname), 'type ' || quote_literal(s.srvtype), 'version ' || quote_literal(s.srvversion)), 0
FROM thing t JOIN pg_foreign_server s ON s.oid = t.oid JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE t.class = 'pg_foreign_server'::regclass
UNION ALL
-- What may be a secret is there by its name only.
SELECT t.kind, t.name, 'option', quote_ident(o.option_name), CASE WHEN o.option_name ~* 'pass|secret|token|key|credential' THEN 'hidden' ELSE quote_literal(o.option_value) END, 0
FROM thing t LEFT JOIN pg_foreign_server s ON s.oid = t.oid AND t.class = 'pg_foreign_server'::regclass
LEFT JOIN pg_foreign_data_wrapper w ON w.oid = t.oid AND t.class = 'pg_foreign_data_wrapper'::regclass, pg_options_to_table(coalesce(s.srvoptions, w.fdwoptions)) AS o
WHERE t.kind IN ('server', 'foreign-data-wrapper')
UNION ALL
SELECT t.kind, t.name, 'user-mapping', role.name, coalesce((SELECT string_agg(quote_ident(o.option_name), ', ' ORDER BY o.option_name) FROM pg_options_to_table(u.umoptions) AS o), ''), 0
FROM thing t JOIN pg_user_mappings u ON u.srvid = t.oid JOIN role ON role.oid = u.umuser WHERE t.class = 'pg_foreign_server'::regclass
UNION ALL
-- The columns that have a locale have had several names.
SELECT t.kind, t.name, 'collation', '', concat_ws(' ', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' ELSE 'default' END,
  quote_literal(coalesce(j ->> 'colllocale', j ->> 'colliculocale', c.collcollate)), CASE WHEN c.collctype <> c.collcollate THEN quote_literal(c.collctype) END,
  'rules ' || quote_literal(j ->> 'collicurules'), CASE WHEN NOT c.collisdeterministic THEN 'not deterministic' END), 0
FROM thing t JOIN pg_collation c ON c.oid = t.oid, to_jsonb(c) AS j WHERE t.class = 'pg_collation'::regclass
UNION ALL
SELECT t.kind, t.name, 'definition', '', pg_get_statisticsobjdef(t.oid), 0 FROM thing t WHERE t.class = 'pg_statistic_ext'::regclass
UNION ALL
SELECT t.kind, t.name, 'target', '', s.stxstattarget::text, 0 FROM thing t JOIN pg_statistic_ext s ON s.oid = t.oid WHERE t.class = 'pg_statistic_ext'::regclass AND s.stxstattarget >= 0
UNION ALL
SELECT t.kind, t.name, 'parser', '', quote_ident(n.nspname) || '.' || quote_ident(p.prsname), 0
FROM thing t JOIN pg_ts_config c ON c.oid = t.oid JOIN pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_namespace n ON n.oid = p.prsnamespace WHERE t.class = 'pg_ts_config'::regclass
UNION ALL
SELECT t.kind, t.name, 'mapping', y.alias, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno), 0
FROM thing t JOIN pg_ts_config c ON c.oid = t.oid JOIN pg_ts_config_map m ON m.mapcfg = c.oid, ts_token_type(c.cfgparser) AS y
WHERE t.class = 'pg_ts_config'::regclass AND y.tokid = m.maptokentype GROUP BY t.kind, t.name, y.alias
UNION ALL
SELECT t.kind, t.name, 'dictionary', '', concat_ws(' ', 'template ' || quote_ident(n.nspname) || '.' || quote_ident(m.tmplname), '(' || d.dictinitoption || ')'), 0
FROM thing t JOIN pg_ts_dict d ON d.oid = t.oid JOIN pg_ts_template m ON m.oid = d.dicttemplate JOIN pg_namespace n ON n.oid = m.tmplnamespace WHERE t.class = 'pg_ts_dict'::regclass
UNION ALL
SELECT t.kind, t.name, 'functions', '', concat_ws(' ', 'start ' || p.prsstart::regproc, 'gettoken ' || p.prstoken::regproc, 'end ' || p.prsend::regproc, 'lextypes ' || p.prslextype::regproc, CASE WHEN p.prsheadline <> 0 THEN 'headline ' || p.prsheadline::regproc END), 0
FROM thing t JOIN pg_ts_parser p ON p.oid = t.oid WHERE t.class = 'pg_ts_parser'::regclass
UNION ALL
SELECT t.kind, t.name, 'functions', '', concat_ws(' ', CASE WHEN m.tmplinit <> 0 THEN 'init ' || m.tmplinit::regproc END, 'lexize ' || m.tmpllexize::regproc), 0
FROM thing t JOIN pg_ts_template m ON m.oid = t.oid WHERE t.class = 'pg_ts_template'::regclass
UNION ALL
SELECT t.kind, t.name, 'uncovered', '', '', 0 FROM thing t WHERE t.kind IN ('operator-class', 'operator-family', 'conversion', 'transform', 'language', 'access-method')
UNION ALL
SELECT 'subscription', quote_ident(s.subname), 'uncovered', '', '', 0 FROM pg_subscription s WHERE s.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
UNION ALL
SELECT 'security-label', l.provider || ' on ' || l.objtype || ' ' || l.objname, 'label', '', l.label, 0 FROM pg_seclabels l WHERE l.objtype NOT IN ('database', 'role', 'tablespace', 'large object')
