using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Migrations;

/// <summary>A file of a folder of migrations.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">What its name says.</param>
internal sealed record MigrationFile(string Path, MigrationFileName Name)
{
    /// <summary>Those with a version first, the oldest ahead, and then the repeatable ones by name.</summary>
    public static int ByOrderOfRunning(MigrationFile one, MigrationFile other)
    {
        var order = (one.Name.Version, other.Name.Version) switch
        {
            ({ } first, { } second) => first.CompareTo(second),
            (null, null) => 0,
            (null, _) => 1,
            _ => -1,
        };
        return order != 0 ? order : StringComparer.Ordinal.Compare(ComposedName.Of(one.Path), ComposedName.Of(other.Path));
    }

    /// <summary>Reads the migration in it, as far as it can be read.</summary>
    /// <param name="rollbackFile">The full path of the file that holds its rollback, if any.</param>
    /// <param name="language">What it is written in.</param>
    /// <param name="placeholders">What stands for the placeholders in it.</param>
    public FileContent Read(string? rollbackFile, ScriptLanguage language, Placeholders placeholders)
    {
        var problems = new List<Diagnostic>();
        try
        {
            using var content = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            var checksum = MigrationChecksum.Compute(content, out var head);
            var header = ReadHeader(head, content.Length, language);
            problems.AddRange(ProblemsOf(header, Path));
            if (Name.IsRepeatable && header.RollbackLines is [var line, ..])
            {
                problems.Add(Errors.RepeatableRollback(new SourceLocation(Path, line.Line, line.Column)));
            }

            if (rollbackFile is not null && header.Rollback is not null)
            {
                problems.Add(Errors.RollbackTwice(new SourceLocation(rollbackFile)));
            }

            var rollback = rollbackFile is null ? header.Rollback : ReadAll(rollbackFile);
            problems.AddRange(rollbackFile is null ? [] : ProblemsOf(language.ReadHeader(rollback!, rollbackFile), rollbackFile));
            return new FileContent(new Migration(Path, Name, checksum, header, rollback, language, placeholders, rollbackFile), problems);
        }
        catch (MigrationException exception)
        {
            return new FileContent(null, [.. problems, .. exception.Diagnostics]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileContent(null, [.. problems, .. Errors.FileUnreadable(Path, exception).Diagnostics]);
        }
    }

    private static IEnumerable<Diagnostic> ProblemsOf(MigrationHeader header, string path) =>
        header.Problems.Select(problem => Errors.HeaderValue(new SourceLocation(path, problem.Line, problem.Column), problem.Key, problem.Value, problem.Expected));

    // The head is at hand, and as a rule holds the header. A header that was cut would be a rollback that was cut.
    private MigrationHeader ReadHeader(byte[] head, long length, ScriptLanguage language)
    {
        using var start = new StringReader(Encoding.UTF8.GetString(head));
        if (language.ReadHeader(start, Path, isCut: head.Length < length - MigrationChecksum.ByteOrderMark.Length) is { } header)
        {
            return header;
        }

        using var all = ScriptFile.Open(Path);
        return language.ReadHeader(all, Path, isCut: false)!;
    }

    private static string ReadAll(string path)
    {
        using var text = ScriptFile.Open(path);
        return text.ReadToEnd();
    }
}

/// <summary>What was found in a file.</summary>
/// <param name="Migration">The migration, when it could be read.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record FileContent(Migration? Migration, List<Diagnostic> Problems);
