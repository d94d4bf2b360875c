using System.Collections.Frozen;
using System.Globalization;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Sqlite;

/// <summary>
/// What the migrations of a script leave behind in the session of the sqlite3 shell, and what takes it away again: a run opens a new
/// session there, which a script cannot.
/// </summary>
/// <param name="fresh">A session that nobody has used, of a database that nobody needs.</param>
internal sealed class ShellSession(SqliteSession fresh)
{
    // Those that are about the connection; what others set stays in the database.
    private static readonly FrozenSet<string> Settings = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "analysis_limit", "automatic_index", "cache_size", "cache_spill", "case_sensitive_like", "cell_size_check", "checkpoint_fullfsync", "count_changes",
        "defer_foreign_keys", "empty_result_callbacks", "foreign_keys", "full_column_names", "fullfsync", "hard_heap_limit", "ignore_check_constraints", "legacy_alter_table",
        "mmap_size", "query_only", "read_uncommitted", "recursive_triggers", "reverse_unordered_selects", "secure_delete", "short_column_names",
        "soft_heap_limit", "synchronous", "temp_store", "threads", "trusted_schema", "wal_autocheckpoint", "writable_schema");

    private readonly SortedSet<string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _attached = [];
    private bool _isUsed;

    /// <summary>A statement was written.</summary>
    public void Pass(string statement)
    {
        var tokens = SqliteDialect.Instance.ReadTokens(statement);
        if (tokens.Take("PRAGMA"))
        {
            _isUsed = true;
            PassPragma(tokens);
        }
        else if (tokens.Take("ATTACH"))
        {
            _isUsed = true;
            _attached.Add(LastOf(tokens));
        }
        else if (tokens.Take("DETACH"))
        {
            _attached.RemoveAll(name => name.Equals(LastOf(SqliteDialect.Instance.ReadTokens(statement)), StringComparison.OrdinalIgnoreCase));
        }

        // One too many is harmless.
        _isUsed |= statement.Contains("TEMP", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The statements that take it away; each once.</summary>
    public IReadOnlyList<string> TakeReset()
    {
        if (!_isUsed)
        {
            return [];
        }

        // Whenever the place of temporary tables changes, all there are go.
        List<string> reset = ["PRAGMA temp_store = FILE", "PRAGMA temp_store = MEMORY", $"PRAGMA temp_store = {Fresh("temp_store")}"];
        reset.AddRange(_attached.Select(name => $"DETACH {name}"));
        reset.AddRange(_settings.Where(setting => setting != "temp_store").Select(setting => $"PRAGMA {setting} = {Fresh(setting)}"));
        _attached.Clear();
        _settings.Clear();
        _isUsed = false;
        return reset;
    }

    /// <summary>What a setting is in a fresh session; one that does not tell is off.</summary>
    public string Fresh(string setting) =>
        fresh.Query($"PRAGMA {setting}", default).Rows is [[{ } value]] ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "0";

    private void PassPragma(SqlTokens rest)
    {
        var afterSchema = rest;
        afterSchema.Skip();
        if (afterSchema.Take('.'))
        {
            rest = afterSchema;
        }

        if (Settings.TryGetValue(rest.Text.Trim("\"'`[]").ToString(), out var setting))
        {
            _settings.Add(setting);
        }
    }

    // The name: as it is written, quoted or not.
    private static string LastOf(SqlTokens tokens)
    {
        var last = "";
        for (; !tokens.AtEnd; tokens.Skip())
        {
            last = tokens.Text.ToString();
        }

        return last;
    }
}
