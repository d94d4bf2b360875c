using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.Databases;

/// <summary>Recognises that an assembly or a native library is not there, or not as it should be.</summary>
internal static partial class MissingDependency
{
    /// <summary>What is missing, with its version where it has one; <see langword="null"/> when the exception is about something else.</summary>
    public static string? Find(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var missing = cause switch
            {
                FileNotFoundException { FileName: { } name } => AssemblyIn(name),
                FileLoadException { FileName: { } name } => AssemblyIn(name),
                DllNotFoundException library => LibraryIn(library.Message),
                _ => null,
            };
            if (missing is not null)
            {
                return missing;
            }
        }

        return null;
    }

    /// <summary>The native library that is missing, and what the system said of it; <see langword="null"/> when the exception is about something else.</summary>
    public static (string Name, Exception Cause)? FindLibrary(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DllNotFoundException)
            {
                return (LibraryIn(cause.Message), cause);
            }
        }

        return null;
    }

    // Of a file that is none of these, the same exceptions tell a path.
    private static string? AssemblyIn(string name) =>
        AssemblyName().Match(name) is { Success: true } match ? $"the assembly {match.Groups["name"].Value} {match.Groups["version"].Value}" : null;

    // The message goes on with all the places where the system looked.
    private static string LibraryIn(string message) =>
        QuotedName().Match(message) is { Success: true } match ? $"the native library {match.Groups["name"].Value}" : "a native library";

    [GeneratedRegex("^(?<name>[^,]+), Version=(?<version>[0-9.]+)")]
    private static partial Regex AssemblyName();

    [GeneratedRegex("'(?<name>[^']+)'")]
    private static partial Regex QuotedName();
}
