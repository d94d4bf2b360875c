using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>
/// What SQLite executes on a database file, from whichever connection of this process. SQLite calls an «automatic
/// extension» for every connection that is opened, so that the adapter needs no door for its tests.
/// </summary>
internal sealed unsafe partial class SqliteTrace
{
    private const string Library = "e_sqlite3";
    private const uint TraceStatement = 0x01;
    private const uint TraceClose = 0x08;

    private static readonly ConcurrentDictionary<string, SqliteTrace> Traces = new();
    private static readonly bool IsInstalled = AutoExtension(&OnOpened) == 0;

    private readonly List<nint> _sessions = [];
    private readonly List<string> _operations = [];

    /// <summary>Whether operations are written down.</summary>
    public bool IsOn { get; set; }

    /// <summary>The connection, counted from 1, and the statement with its values.</summary>
    public IReadOnlyList<string> Operations => _operations;

    public static SqliteTrace Of(string file)
    {
        Assert.IsTrue(IsInstalled, "SQLite does not take the extension.");
        return Traces.GetOrAdd(file, _ => new SqliteTrace());
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnOpened(nint database, nint error, nint api)
    {
        if (Marshal.PtrToStringUTF8(FileName(database, "main")) is { } file && Traces.ContainsKey(file))
        {
            _ = Trace(database, TraceStatement | TraceClose, &OnTraced, database);
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnTraced(uint kind, nint database, nint statement, nint text)
    {
        if (Traces.TryGetValue(Marshal.PtrToStringUTF8(FileName(database, "main")) ?? "", out var trace))
        {
            trace.Add(kind, database, statement);
        }

        return 0;
    }

    private void Add(uint kind, nint database, nint statement)
    {
        if (kind == TraceClose)
        {
            // The next connection may get the same address.
            var session = _sessions.IndexOf(database);
            if (session >= 0)
            {
                _sessions[session] = 0;
            }
        }
        else if (IsOn)
        {
            if (!_sessions.Contains(database))
            {
                _sessions.Add(database);
            }

            var sql = Expand(statement);
            _operations.Add($"{_sessions.IndexOf(database) + 1}> {Normalize(Marshal.PtrToStringUTF8(sql) ?? "")}");
            Free(sql);
        }
    }

    private static string Normalize(string sql)
    {
        var line = Space().Replace(sql, " ").Trim();
        line = Checksum().Replace(line, "sha256:<checksum>");
        line = Time().Replace(line, "'<time>'");
        return Duration().Replace(line, "$1<ms>");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Checksum();

    [GeneratedRegex(@"'\d{4}-\d\d-\d\dT[\d:.]+Z'")]
    private static partial Regex Time();

    [GeneratedRegex(@"(execution_ms = )\d+")]
    private static partial Regex Duration();

    [LibraryImport(Library, EntryPoint = "sqlite3_auto_extension")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int AutoExtension(delegate* unmanaged[Cdecl]<nint, nint, nint, int> entryPoint);

    [LibraryImport(Library, EntryPoint = "sqlite3_trace_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Trace(nint database, uint mask, delegate* unmanaged[Cdecl]<uint, nint, nint, nint, int> callback, nint context);

    [LibraryImport(Library, EntryPoint = "sqlite3_db_filename", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint FileName(nint database, string schema);

    [LibraryImport(Library, EntryPoint = "sqlite3_expanded_sql")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint Expand(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void Free(nint memory);
}
