using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Who may touch the history table besides its owner. Whoever can write to it decides what runs and what does not, and where somebody
/// changed the default privileges, as Supabase does, every new table is open to others.
/// </summary>
/// <param name="table">The table, quoted and with its schema.</param>
internal sealed class HistoryAccess(string table)
{
    private const string Hidden = "migration_tasks_hidden";
    private const string OpenTo = "migration_tasks_open_to";
    private const string Others = "migration_tasks_others";
    private const string Owner = "migration_tasks_owner";
    private const string User = "migration_tasks_user";

    // The roles of Supabase's API: everybody who has the public key is one of them.
    private const string ApiRoles = "'anon', 'authenticated'";

    private static readonly string[] Columns = [Hidden, OpenTo, Others, Owner, User];

    /// <summary>Closes a table that has just been created to all but its owner: nobody has been given anything on purpose yet.</summary>
    public string CloseNew => Close("");

    /// <summary>
    /// Closes a table that was there before to everybody, to the roles of an API, and to those who have their rights by default. What
    /// somebody else was granted stays; row level security would hide the rows from them, and is then left alone.
    /// </summary>
    public string CloseExisting => Close($"""
         AND (g.grantee = 0 OR EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.oid = g.grantee AND r.rolname IN ({ApiRoles}))
               OR EXISTS (
                 SELECT FROM pg_catalog.pg_default_acl d CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) p
                 WHERE d.defaclrole = c.relowner AND d.defaclnamespace IN (0, c.relnamespace) AND d.defaclobjtype = 'r' AND p.grantee = g.grantee))
        """);

    /// <summary>
    /// The whole table, and in each row, one at least, who may touch it: whether its rows are hidden from us, and who else could write to it,
    /// or read it as a stranger. It costs no round trip of its own.
    /// </summary>
    public string Select => $"""
        SELECT access.*, history.* FROM (
          SELECT pg_catalog.row_security_active(c.oid) AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_policy y, pg_catalog.unnest(y.polroles) r(id) WHERE y.polrelid = c.oid AND (r.id = 0 OR pg_catalog.pg_has_role(r.id, 'USAGE'))) AS {Hidden},
            strangers.names AS {OpenTo}, strangers.others AS {Others}, pg_catalog.pg_get_userbyid(c.relowner) AS {Owner}, CURRENT_USER AS {User}
          FROM pg_catalog.pg_class c CROSS JOIN LATERAL (
            SELECT pg_catalog.string_agg(DISTINCT grants.name, ', ') FILTER (WHERE grants.is_open) AS names,
              pg_catalog.count(DISTINCT grants.name) - pg_catalog.count(DISTINCT grants.name) FILTER (WHERE grants.is_open) AS others
            FROM (
              SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END AS name,
                (pg_catalog.pg_has_role(c.relowner, 'USAGE') OR g.grantee = 0 OR NOT pg_catalog.pg_has_role(g.grantee, 'USAGE')) AND CASE
                  WHEN g.privilege_type IN ('TRUNCATE', 'TRIGGER') THEN true
                  WHEN c.relrowsecurity AND NOT coalesce(r.rolbypassrls, false) AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy y WHERE y.polrelid = c.oid) THEN false
                  WHEN g.privilege_type IN ('INSERT', 'UPDATE', 'DELETE') THEN true
                  ELSE g.privilege_type = 'SELECT' AND (g.grantee = 0 OR r.rolname IN ({ApiRoles})) END AS is_open
              FROM (
                SELECT * FROM pg_catalog.aclexplode(c.relacl)
                UNION ALL
                SELECT x.* FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) x WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL) g
              LEFT JOIN pg_catalog.pg_roles r ON r.oid = g.grantee
              WHERE g.grantee <> c.relowner AND (g.grantee = 0 OR NOT pg_catalog.pg_has_role(g.grantee, c.relowner, 'USAGE'))) grants) strangers
          WHERE c.oid = '{table}'::pg_catalog.regclass OFFSET 0) access
        LEFT JOIN {table} history ON true
        """;

    /// <summary>Makes a history of what <see cref="Select"/> gave.</summary>
    /// <param name="history">The table's name and statements.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows, with every value as a text.</param>
    /// <exception cref="MigrationException">MIG3001 when the table is another tool's, MIG3035 when its rows are hidden.</exception>
    public MigrationHistory Read(PostgreSqlHistory history, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        // The table was created, or dropped, while it was looked at: by the snapshot of the query there is none.
        if (rows.Count == 0)
        {
            return MigrationHistory.Absent(history.Name);
        }

        var access = Columns.Zip(rows[0], (column, value) => (column, Value: value as string ?? "")).ToDictionary(part => part.column, part => part.Value);
        IReadOnlyList<string> own = [.. columns.Skip(Columns.Length)];

        // A table without rows gives one of nothing; a row of ours has a name.
        var read = HistorySchema.Read(history.Name, own, rows.Select(IReadOnlyList<object?> (row) => [.. row.Skip(Columns.Length)]).Where(row => row.Any(value => value is not null)));
        if (access[Hidden] == "t")
        {
            throw Errors.HistoryHidden(history.Name.ToString(), access[User], access[Owner], $"CREATE POLICY migrations ON {table} TO {PostgreSqlHistory.Quote(access[User])} USING (true) WITH CHECK (true);");
        }

        return access[OpenTo].Length == 0 ? read : read with { Warnings = [Errors.HistoryOpen(history.Name.ToString(), access[OpenTo], access[Owner], CloseBy(access))] };
    }

    // As its owner may do it in any program; row level security where strangers come through an API, and nobody is left whom it would blind.
    private string CloseBy(Dictionary<string, string> access)
    {
        var revoke = $"REVOKE ALL ON TABLE {table} FROM {access[OpenTo]} CASCADE;";
        var hasApi = access[OpenTo].Split(", ").Any(name => ApiRoles.Contains($"'{name}'", StringComparison.Ordinal));
        return hasApi && access[Others] == "0" ? $"{revoke} ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;" : revoke;
    }

    private string Close(string whom) => $"""
        DO $migration_tasks$
        DECLARE
          strangers text;
          is_ours boolean;
        BEGIN
          SELECT pg_catalog.pg_has_role(c.relowner, 'USAGE') INTO is_ours FROM pg_catalog.pg_class c WHERE c.oid = '{table}'::pg_catalog.regclass;
          SELECT pg_catalog.string_agg(DISTINCT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END, ', ') INTO strangers
          FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) g
          WHERE is_ours AND c.oid = '{table}'::pg_catalog.regclass AND g.grantee <> c.relowner{whom};
          IF strangers IS NOT NULL THEN
            EXECUTE 'REVOKE ALL ON TABLE {table} FROM ' || strangers || ' CASCADE';
          END IF;
          IF is_ours AND (strangers IS NOT NULL OR EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname IN ({ApiRoles})))
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy y WHERE y.polrelid = '{table}'::pg_catalog.regclass)
            AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_class c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) g WHERE c.oid = '{table}'::pg_catalog.regclass AND g.grantee <> c.relowner) THEN
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
          END IF;
        END $migration_tasks$
        """;
}
