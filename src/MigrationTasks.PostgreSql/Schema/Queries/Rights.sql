-- That things are there, whose they are, who may do what with them, and what is said about them.
SELECT t.kind, t.name, NULL, '', '', 0 FROM thing t
UNION ALL
SELECT t.kind, t.name, 'owner', '', role.name, 0
FROM thing t JOIN role ON role.oid = t.owner
-- Under what name a server was set up differs from server to server.
WHERE t.owner <> (SELECT oid FROM migrator) AND NOT (t.kind = 'schema' AND t.name = 'public' AND (t.owner = 10 OR role.name = 'pg_database_owner')) AND NOT (t.kind = 'extension' AND t.owner = 10)
UNION ALL
-- What everybody has by default is not told, and what of it was taken away is.
SELECT g.kind, g.name, g.verb, role.name, string_agg(g.privilege, ', ' ORDER BY g.privilege), 0
FROM (
  SELECT a.kind, a.name, 'grant', a.grantee, a.privilege FROM (
    SELECT t.kind, t.name, x.grantee, x.privilege_type || CASE WHEN x.is_grantable AND x.grantee <> t.owner THEN ' with grant option' ELSE '' END FROM thing t, aclexplode(t.acl) AS x
    EXCEPT
    SELECT t.kind, t.name, x.grantee, x.privilege_type FROM thing t, aclexplode(acldefault(t.acl_type::"char", t.owner)) AS x WHERE t.acl IS NOT NULL
  ) AS a (kind, name, grantee, privilege)
  UNION ALL
  SELECT a.kind, a.name, 'revoke', a.grantee, a.privilege FROM (
    SELECT t.kind, t.name, x.grantee, x.privilege_type FROM thing t, aclexplode(acldefault(t.acl_type::"char", t.owner)) AS x WHERE t.acl IS NOT NULL
    EXCEPT
    SELECT t.kind, t.name, x.grantee, x.privilege_type FROM thing t, aclexplode(t.acl) AS x
  ) AS a (kind, name, grantee, privilege)
  UNION ALL
  SELECT c.kind, c.name, 'grant', c.grantee, c.privilege || ' (' || string_agg(c.attname, ', ' ORDER BY c.attname) || ')' FROM (
    SELECT r.kind, r.name, x.grantee, x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, quote_ident(a.attname)
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND NOT a.attisdropped AND a.attacl IS NOT NULL, aclexplode(a.attacl) AS x WHERE x.grantee <> r.relowner
  ) AS c (kind, name, grantee, privilege, attname)
  GROUP BY c.kind, c.name, c.grantee, c.privilege
) AS g (kind, name, verb, grantee, privilege)
JOIN role ON role.oid = g.grantee
GROUP BY g.kind, g.name, g.verb, role.name
UNION ALL
SELECT 'default-privileges', g.name, g.verb, g.objects || ' ' || role.name, string_agg(g.privilege, ', ' ORDER BY g.privilege), 0
FROM (
  SELECT a.*, 'grant' FROM (
    SELECT 'of ' || owner.name || coalesce(' in schema ' || n.name, ''), d.defaclobjtype, x.grantee, x.privilege_type || CASE WHEN x.is_grantable AND x.grantee <> d.defaclrole THEN ' with grant option' ELSE '' END
    FROM pg_default_acl d JOIN role AS owner ON owner.oid = d.defaclrole LEFT JOIN namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) AS x
    EXCEPT
    SELECT 'of ' || owner.name, d.defaclobjtype, x.grantee, x.privilege_type
    FROM pg_default_acl d JOIN role AS owner ON owner.oid = d.defaclrole, aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) AS x WHERE d.defaclnamespace = 0
  ) AS a
  UNION ALL
  SELECT a.*, 'revoke' FROM (
    SELECT 'of ' || owner.name, d.defaclobjtype, x.grantee, x.privilege_type
    FROM pg_default_acl d JOIN role AS owner ON owner.oid = d.defaclrole, aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) AS x WHERE d.defaclnamespace = 0
    EXCEPT
    SELECT 'of ' || owner.name, d.defaclobjtype, x.grantee, x.privilege_type FROM pg_default_acl d JOIN role AS owner ON owner.oid = d.defaclrole, aclexplode(d.defaclacl) AS x WHERE d.defaclnamespace = 0
  ) AS a
) AS e (name, type, grantee, privilege, verb)
JOIN role ON role.oid = e.grantee,
LATERAL (SELECT e.name, e.verb, e.privilege, CASE e.type WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE e.type::text END) AS g (name, verb, privilege, objects)
GROUP BY g.name, g.verb, g.objects, role.name
UNION ALL
SELECT t.kind, t.name, 'comment', CASE WHEN d.objsubid = 0 THEN '' ELSE 'column ' || quote_ident(a.attname) END, d.description, 0
FROM thing t LEFT JOIN pg_type y ON y.oid = t.oid AND t.class = 'pg_type'::regclass AND y.typrelid <> 0
JOIN pg_description d ON (d.classoid = t.class AND d.objoid = t.oid) OR (d.classoid = 'pg_class'::regclass AND d.objoid = y.typrelid)
LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid AND d.objsubid > 0
WHERE t.kind <> 'extension' AND NOT (t.kind = 'schema' AND t.name = 'public' AND d.description = 'standard public schema')
UNION ALL
SELECT p.kind, p.name, 'comment', p.label, d.description, 0 FROM piece p JOIN pg_description d ON d.classoid = p.class AND d.objoid = p.oid AND d.objsubid = 0
