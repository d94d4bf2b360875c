using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite;

/// <summary>Creates and removes the files in which migrations are tried. They are kept, so that the next time only what is new has to run.</summary>
internal static class SqliteShadow
{
    public static readonly HistoryTableName Table = new(null, "migrationtasks_shadow");

    private static readonly string[] Beside = ["", "-journal", "-wal", "-shm"];

    public static SqliteConfig Configure(SqliteConfig config, ShadowPlace place) => config.ForShadow(Path.Combine(place.Folder, $"{place.Name}.db"));

    /// <exception cref="SqliteFailure">The table cannot be created.</exception>
    public static bool Create(SqliteConfig shadow, CancellationToken cancellation)
    {
        if (!shadow.IsMissing)
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(shadow.FilePath)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.ReadOnly(shadow, exception.Message, exception);
        }

        using var session = SqliteFile.Open(shadow);
        session.Execute($"CREATE TABLE {Table} (position INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, proof TEXT NOT NULL)", cancellation);
        return true;
    }

    public static void Drop(SqliteConfig shadow)
    {
        try
        {
            foreach (var ending in Beside)
            {
                File.Delete(shadow.FilePath + ending);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.ReadOnly(shadow, exception.Message, exception);
        }
    }

    public static ShadowVerdict Judge(ScriptStatement statement)
    {
        var tokens = statement.ReadTokens();
        return tokens.Take("ATTACH") || tokens.Take("DETACH") ? new ShadowVerdict(ShadowVerdictKind.IsRefused, "it works in another file")
            : tokens.Take("VACUUM") && !tokens.AtEnd ? new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "it writes another file")
            : ShadowVerdict.Runs;
    }
}
