using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.History;

/// <summary>
/// Which rows of a history are a folder's own. A folder that was renamed, moved, or shared by two projects goes by another name in the
/// history, but the files are the same: a name is the folder's too when most of its rows are of files that are here as they were applied.
/// </summary>
internal sealed class FolderOwnership
{
    private readonly HashSet<string>? _names;

    private FolderOwnership(HashSet<string>? names) => _names = names;

    /// <summary>Finds out.</summary>
    /// <param name="folder">The folder; when nobody said what the history calls it, every row is its own.</param>
    /// <param name="rows">The rows.</param>
    public static FolderOwnership Of(MigrationFolder folder, IReadOnlyList<HistoryRow> rows)
    {
        if (folder.Identity is not { } identity)
        {
            return new FolderOwnership(null);
        }

        var names = new HashSet<string>(StringComparer.Ordinal) { identity };
        var strange = rows.Where(row => row.Folder is not null && row.Folder != identity).ToList();
        if (strange.Count > 0)
        {
            var files = folder.Migrations.ToDictionary(migration => migration.Name, StringComparer.Ordinal);
            names.UnionWith(strange.GroupBy(row => row.Folder!).Where(group => 2 * group.Count(row => IsHere(row, files)) > group.Count()).Select(group => group.Key));
        }

        return new FolderOwnership(names);
    }

    /// <summary>Whether a row is the folder's for certain.</summary>
    public bool Owns(HistoryRow row) => _names is null || (row.Folder is { } folder && _names.Contains(folder));

    /// <summary>Whether a row is the folder's, or nobody knows whose.</summary>
    public bool MayOwn(HistoryRow row) => row.Folder is null || Owns(row);

    private static bool IsHere(HistoryRow row, Dictionary<string, Migration> files) => row.Checksum is not null && files.TryGetValue(row.Name, out var file) && row.IsOf(file);
}
