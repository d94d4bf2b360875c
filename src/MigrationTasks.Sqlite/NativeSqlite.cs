using System.Runtime.InteropServices;
using MigrationTasks.Engine.Diagnostics;
using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>SQLite's own library: what it offers and the managed layers do not pass on, and that it may not be there.</summary>
internal static class NativeSqlite
{
    private const string Library = "e_sqlite3";

    // The system's loader takes a library of its name from there.
    private static readonly (string Folders, string File) Loader =
        OperatingSystem.IsWindows() ? ("PATH", $"{Library}.dll")
        : OperatingSystem.IsMacOS() ? ("DYLD_LIBRARY_PATH", $"lib{Library}.dylib")
        : ("LD_LIBRARY_PATH", $"lib{Library}.so");

    /// <summary>
    /// The byte of the statement where the last error is, counted from 0, or -1 when it has no place
    /// (https://sqlite.org/c3ref/errcode.html), or the library is older than that function.
    /// </summary>
    public static int ErrorOffset(sqlite3 database)
    {
        try
        {
            return OffsetOf(database);
        }
        catch (EntryPointNotFoundException)
        {
            return -1;
        }
    }

    /// <summary>MIG4034 when the library cannot be loaded; <see langword="null"/> when something else went wrong.</summary>
    /// <param name="exception">What the first use of SQLite threw: the managed layers load the library in their initializers.</param>
    public static MigrationException? Missing(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DllNotFoundException or BadImageFormatException)
            {
                return Errors.NativeLibraryMissing(
                    $"SQLite's native library {Library}",
                    cause,
                    $"MigrationTasks brings it for Windows, macOS and Linux (glibc and musl), on x64 and arm64. On any other system, and on one that is too old for it, install SQLite 3.38 or newer, and put a link to its library, by the name of {Loader.File}, into a folder that {Loader.Folders} names.");
            }
        }

        return null;
    }

    [DllImport(Library, EntryPoint = "sqlite3_error_offset", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int OffsetOf(sqlite3 database);
}
