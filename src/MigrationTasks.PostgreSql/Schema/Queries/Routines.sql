-- Functions, procedures, aggregates, operators, casts and event triggers.
SELECT t.kind, t.name, 'definition', '', rtrim(pg_get_functiondef(t.oid), chr(10)), 0 FROM thing t WHERE t.class = 'pg_proc'::regclass AND t.kind <> 'aggregate'
UNION ALL
SELECT t.kind, t.name, 'aggregate', '', concat_ws(' ',
  'arguments (' || pg_get_function_arguments(p.oid) || ')',
  CASE a.aggkind WHEN 'o' THEN 'ordered set ' || a.aggnumdirectargs WHEN 'h' THEN 'hypothetical set ' || a.aggnumdirectargs END,
  'sfunc ' || a.aggtransfn::regproc, 'stype ' || format_type(a.aggtranstype, NULL),
  CASE WHEN a.aggtransspace <> 0 THEN 'sspace ' || a.aggtransspace END,
  CASE WHEN a.aggfinalfn <> 0 THEN 'finalfunc ' || a.aggfinalfn::regproc || ' ' || a.aggfinalmodify::text END, CASE WHEN a.aggfinalextra THEN 'finalfunc_extra' END,
  CASE WHEN a.aggcombinefn <> 0 THEN 'combinefunc ' || a.aggcombinefn::regproc END,
  CASE WHEN a.aggserialfn <> 0 THEN 'serialfunc ' || a.aggserialfn::regproc END, CASE WHEN a.aggdeserialfn <> 0 THEN 'deserialfunc ' || a.aggdeserialfn::regproc END,
  'initcond ' || quote_literal(a.agginitval),
  CASE WHEN a.aggmtransfn <> 0 THEN concat_ws(' ', 'msfunc ' || a.aggmtransfn::regproc, 'minvfunc ' || a.aggminvtransfn::regproc, 'mstype ' || format_type(a.aggmtranstype, NULL), 'msspace ' || a.aggmtransspace,
    'mfinalfunc ' || a.aggmfinalfn::regproc || ' ' || a.aggmfinalmodify::text, CASE WHEN a.aggmfinalextra THEN 'mfinalfunc_extra' END, 'minitcond ' || quote_literal(a.aggminitval)) END,
  CASE WHEN a.aggsortop <> 0 THEN 'sortop ' || a.aggsortop::regoperator END,
  CASE p.proparallel WHEN 's' THEN 'parallel safe' WHEN 'r' THEN 'parallel restricted' END), 0
FROM thing t JOIN pg_proc p ON p.oid = t.oid JOIN pg_aggregate a ON a.aggfnoid = p.oid WHERE t.class = 'pg_proc'::regclass
UNION ALL
SELECT t.kind, t.name, 'operator', '', concat_ws(' ', 'function ' || o.oprcode::regprocedure,
  CASE WHEN o.oprcom <> 0 THEN 'commutator ' || o.oprcom::regoperator END, CASE WHEN o.oprnegate <> 0 THEN 'negator ' || o.oprnegate::regoperator END,
  CASE WHEN o.oprrest <> 0 THEN 'restrict ' || o.oprrest::regproc END, CASE WHEN o.oprjoin <> 0 THEN 'join ' || o.oprjoin::regproc END,
  CASE WHEN o.oprcanhash THEN 'hashes' END, CASE WHEN o.oprcanmerge THEN 'merges' END), 0
FROM thing t JOIN pg_operator o ON o.oid = t.oid WHERE t.class = 'pg_operator'::regclass
UNION ALL
SELECT t.kind, t.name, 'cast', '', concat_ws(' ', CASE c.castmethod WHEN 'f' THEN 'function ' || c.castfunc::regprocedure WHEN 'i' THEN 'inout' ELSE 'without function' END,
  CASE c.castcontext WHEN 'i' THEN 'as implicit' WHEN 'a' THEN 'as assignment' END), 0
FROM thing t JOIN pg_cast c ON c.oid = t.oid WHERE t.class = 'pg_cast'::regclass
UNION ALL
SELECT t.kind, t.name, 'event', '', concat_ws(' ', e.evtevent, 'tags (' || (SELECT string_agg(quote_literal(x), ', ' ORDER BY x) FROM unnest(e.evttags) AS x) || ')', 'function ' || e.evtfoid::regprocedure,
  CASE e.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'enabled on replica' WHEN 'A' THEN 'enabled always' END), 0
FROM thing t JOIN pg_event_trigger e ON e.oid = t.oid WHERE t.class = 'pg_event_trigger'::regclass
