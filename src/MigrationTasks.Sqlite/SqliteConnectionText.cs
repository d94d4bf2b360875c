using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Sqlite;

/// <summary>
/// Reads the forms in which people write a SQLite connection: <c>sqlite:app.db</c>, <c>file:app.db?mode=ro</c> and
/// <c>Data Source=app.db;…</c>.
/// </summary>
internal static partial class SqliteConnectionText
{
    private const string KeywordsOfUrl = "after ? only mode (ro, rw, rwc, memory) and cache (shared, private) are understood.";

    private const string DataDirectory = "|DataDirectory|";

    private static readonly string[] Schemes = ["sqlite:", "file:"];

    /// <summary>Reads a connection; the path in the result is as it was written, relative or not.</summary>
    /// <exception cref="MigrationException">MIG1007; no part of the connection is in the message.</exception>
    public static SqliteConnectionStringBuilder Parse(string connection, string variable, string form)
    {
        try
        {
            ConnectionPart.CheckLength(connection);
            var parsed = new SqliteConnectionStringBuilder();
            if (!TryReadUrl(connection, parsed))
            {
                ReadKeywords(connection, parsed);
            }

            ConnectionPart.CheckPath("path", parsed.DataSource);
            ConnectionPart.CheckText("Vfs", parsed.Vfs);
            return parsed.DataSource.Length == 0 ? throw new FormatException("it names no file.")
                : parsed.DataSource.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase) ? throw new FormatException($"{DataDirectory} is a folder of the application that only a running application knows. Write the path; a relative one starts at the project's folder.")
                : parsed;
        }
        catch (FormatException problem)
        {
            throw Errors.ConnectionMalformed(variable, problem.Message, form);
        }
    }

    private static void ReadKeywords(string connection, SqliteConnectionStringBuilder parsed)
    {
        try
        {
            parsed.ConnectionString = connection;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // What the builder throws quotes what it stumbled over.
            throw new FormatException(KeywordProblem.Of(connection, "it is neither a sqlite: URL nor a list of keywords such as Data Source=…."));
        }

        if (parsed.Password.Length > 0)
        {
            throw new FormatException("it has a Password, but the SQLite inside MigrationTasks does not encrypt.");
        }

        TryReadUrl(parsed.DataSource, parsed);
    }

    private static bool TryReadUrl(string text, SqliteConnectionStringBuilder parsed)
    {
        if (Array.Find(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is not { } scheme)
        {
            return false;
        }

        var (path, parameters) = text[scheme.Length..].Split('?', 2) switch
        {
            [var file, var rest] => (file, rest),
            var parts => (parts[0], ""),
        };
        foreach (var parameter in parameters.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            ReadParameter(parameter, parsed);
        }

        // sqlite:app.db and sqlite://app.db are relative, sqlite:/app.db and sqlite:///app.db are not.
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        path = DriveAfterSlash().IsMatch(path) ? path[1..] : path;
        path = Uri.UnescapeDataString(path);
        parsed.DataSource = path.Contains('\0', StringComparison.Ordinal) ? throw new FormatException("its path holds a NUL character.") : path;
        return true;
    }

    private static void ReadParameter(string parameter, SqliteConnectionStringBuilder parsed)
    {
        switch (parameter.ToUpperInvariant())
        {
            case "MODE=RO":
                parsed.Mode = SqliteOpenMode.ReadOnly;
                break;
            case "MODE=RW":
                parsed.Mode = SqliteOpenMode.ReadWrite;
                break;
            case "MODE=RWC":
                parsed.Mode = SqliteOpenMode.ReadWriteCreate;
                break;
            case "MODE=MEMORY":
                parsed.Mode = SqliteOpenMode.Memory;
                break;
            case "CACHE=SHARED":
                parsed.Cache = SqliteCacheMode.Shared;
                break;
            case "CACHE=PRIVATE":
                parsed.Cache = SqliteCacheMode.Private;
                break;
            default:
                throw new FormatException(KeywordsOfUrl);
        }
    }

    [GeneratedRegex("^/[A-Za-z]:[/\\\\]")]
    private static partial Regex DriveAfterSlash();
}
