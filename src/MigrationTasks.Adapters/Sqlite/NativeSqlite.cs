using System.Runtime.InteropServices;
using SQLitePCL;

namespace MigrationTasks.Adapters.Sqlite;

/// <summary>What SQLite's own library offers and the managed layers do not pass on.</summary>
internal static class NativeSqlite
{
    /// <summary>
    /// The byte of the statement where the last error is, counted from 0, or -1 when it has no place
    /// (https://sqlite.org/c3ref/errcode.html).
    /// </summary>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_error_offset", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    public static extern int ErrorOffset(sqlite3 database);
}
