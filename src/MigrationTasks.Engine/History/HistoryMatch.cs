using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.History;

/// <summary>The newest version that is applied, or of which something is, whether or not its file is here.</summary>
/// <param name="Name">The name in the history.</param>
/// <param name="Version">The version that it starts with.</param>
/// <param name="IsBegun">Whether only a part of it is applied, or may be.</param>
internal sealed record NewestApplied(string Name, MigrationVersion Version, bool IsBegun);

/// <summary>Which history row belongs to which file. Earlier tools recorded names with or without their ending, and as the file system spelt them.</summary>
internal sealed class HistoryMatch
{
    private readonly FolderOwnership _ownership;
    private readonly Dictionary<string, HistoryRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<Migration, HistoryRow> _rowOfFile = [];
    private readonly Dictionary<HistoryRow, Migration> _fileOfRow = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<MigrationVersion, HistoryRow> _missingByVersion = [];

    private HistoryMatch(FolderOwnership ownership, IReadOnlyList<HistoryRow> rows)
    {
        _ownership = ownership;
        foreach (var row in rows)
        {
            _rows[ComposedName.Of(row.Name)] = row;
        }
    }

    /// <summary>The newest version that is applied: another branch's too, whose file is not here; <see langword="null"/> when none is.</summary>
    public NewestApplied? Newest { get; private set; }

    /// <summary>The rows without a file.</summary>
    public IReadOnlyList<HistoryRow> Missing { get; private set; } = [];

    /// <summary>The rows of this folder, and those of which nobody knows whose they are.</summary>
    public IReadOnlyList<HistoryRow> Own { get; private init; } = [];

    /// <summary>The rows of other folders or projects.</summary>
    public IReadOnlyList<HistoryRow> Others { get; private init; } = [];

    /// <summary>Whether the history has anything of this folder for certain.</summary>
    public bool HasOwn { get; private set; }

    public static HistoryMatch Of(MigrationFolder folder, IReadOnlyList<HistoryRow> all)
    {
        var ownership = FolderOwnership.Of(folder, all);
        var rows = all.Where(ownership.MayOwn).ToList();
        var match = new HistoryMatch(ownership, rows) { Own = rows, Others = rows.Count == all.Count ? [] : [.. all.Where(row => !ownership.MayOwn(row))] };
        foreach (var migration in folder.Migrations)
        {
            if (match._rows.GetValueOrDefault(migration.Name) is { } row || match._rows.TryGetValue(Path.GetFileNameWithoutExtension(migration.Name), out row))
            {
                match._rowOfFile[migration] = row;
                match._fileOfRow[row] = migration;
            }
        }

        match.Newest = rows
            .Where(row => row is not { Status: HistoryStatus.Failed, StatementsDone: 0 })
            .Select(row => VersionOf(row.Name) is { } version ? new NewestApplied(row.Name, version, !row.IsApplied) : null)
            .OfType<NewestApplied>()
            .MaxBy(row => row.Version);
        match.HasOwn = match._rowOfFile.Count > 0 || rows.Exists(ownership.Owns);
        match.Missing = [.. rows.Where(row => !match._fileOfRow.ContainsKey(row))];
        foreach (var row in match.Missing)
        {
            if (VersionOf(row.Name) is { } version)
            {
                match._missingByVersion[version] = row;
            }
        }

        return match;
    }

    /// <summary>Whether a row is this folder's for certain.</summary>
    public bool Owns(HistoryRow row) => _ownership.Owns(row);

    /// <summary>The row of a file, or <see langword="null"/>.</summary>
    public HistoryRow? RowOf(Migration migration) => _rowOfFile.GetValueOrDefault(migration);

    /// <summary>The file of a row, or <see langword="null"/>.</summary>
    public Migration? FileOf(HistoryRow row) => _fileOfRow.GetValueOrDefault(row);

    /// <summary>The row of a file's version, when it has another name that has no file; else <see langword="null"/>.</summary>
    public HistoryRow? RenamedRowOf(Migration migration) =>
        migration.Version is { } version ? _missingByVersion.GetValueOrDefault(version) : null;

    /// <summary>The version that a name starts with, or <see langword="null"/>.</summary>
    public static MigrationVersion? VersionOf(string name)
    {
        var digits = name.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? name.AsSpan(0, end) : name;
        return MigrationVersion.TryParse(digits, out var version) ? version : null;
    }
}
