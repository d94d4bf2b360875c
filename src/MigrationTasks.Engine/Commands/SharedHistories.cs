using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Commands;

/// <summary>
/// Folders of one project that would have one history, found before anything runs. Where each of them has migrations in it, as earlier
/// versions allowed, they go on: to part them is work on every database that they are applied to.
/// </summary>
/// <param name="projectDirectory">The project's folder, a full path.</param>
/// <param name="project">The project's name.</param>
/// <param name="areDeclared">Whether the project declares its folders.</param>
/// <param name="configure">Makes sense of a folder's connection.</param>
/// <param name="open">Opens a folder's database, which is not connected yet.</param>
internal sealed class SharedHistories(
    string projectDirectory, string project, bool areDeclared, Func<DatabaseFolder, DatabaseConfig> configure, Func<DatabaseFolder, CommandContext> open)
{
    /// <summary>Checks all folders of a project.</summary>
    /// <param name="folders">The folders, whichever a command works on.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG1055 when two have one history.</exception>
    public async Task CheckAsync(IReadOnlyList<DatabaseFolder> folders, CancellationToken cancellation)
    {
        foreach (var sharers in Find(folders))
        {
            var known = await KnownAsync(sharers, cancellation).ConfigureAwait(false);
            if (known is not null && known.Count < sharers.Count)
            {
                // The history stays with a folder that has migrations in it.
                var keeper = known.Count > 0 ? known[0] : sharers[0];
                throw Problem(folders, sharers.First(folder => folder != keeper && !known.Contains(folder)), keeper);
            }
        }
    }

    // What is written in another language is for another kind of database, and nothing of that need be loaded to know it.
    private List<List<DatabaseFolder>> Find(IReadOnlyList<DatabaseFolder> folders) =>
    [
        .. folders.GroupBy(folder => folder.Adapter.Language).Where(HasSeveral)
            .SelectMany(alike => alike.GroupBy(LocationOf).Where(group => group.Key is not null && HasSeveral(group)))
            .Select(group => group.DistinctBy(folder => folder.Path).ToList()),
    ];

    // One folder for several databases is the same folder wherever they lead.
    private static bool HasSeveral(IEnumerable<DatabaseFolder> folders) => folders.DistinctBy(folder => folder.Path).Skip(1).Any();

    private string? LocationOf(DatabaseFolder folder)
    {
        try
        {
            return configure(folder).HistoryLocation;
        }
        catch (MigrationException)
        {
            // The folder's own run tells what is wrong with its connection.
            return null;
        }
    }

    // Those that have migrations in the history; null where that cannot be found out, which the run itself tells.
    private async Task<List<DatabaseFolder>?> KnownAsync(List<DatabaseFolder> sharers, CancellationToken cancellation)
    {
        var contexts = sharers.ConvertAll(folder => (Folder: folder, Context: open(folder)));
        try
        {
            var (_, first) = contexts[0];
            await first.ReachAsync(cancellation).ConfigureAwait(false);
            var rows = (await first.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false)).Rows;
            return rows.Count == 0 ? [] : [.. contexts.Where(sharer => HistoryMatch.Of(sharer.Context.ReadFolder(cancellation), rows).HasOwn).Select(sharer => sharer.Folder)];
        }
#pragma warning disable CA1031 // Whatever it is, the run meets it again, and reports it as what it is.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
        finally
        {
            foreach (var (_, context) in contexts)
            {
                await context.Adapter.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private MigrationException Problem(IReadOnlyList<DatabaseFolder> folders, DatabaseFolder folder, DatabaseFolder sharer) => Errors.FoldersShareHistory(
        folder.Path,
        folder.RelativeTo(projectDirectory),
        sharer.RelativeTo(projectDirectory),
        configure(folder).Target,
        folder.HistoryTable.ToString(),
        [.. new[] { sharer, folder }.Where(each => each.Connection is null).Select(each => each.Variable).Distinct(StringComparer.Ordinal)],
        // Once one is declared, those that are found by themselves are not found any more.
        history => string.Join(' ', (areDeclared ? [folder] : folders).Select(each => DeclarationOf(each, each == folder ? history : null))),
        project);

    private string DeclarationOf(DatabaseFolder folder, string? history) =>
        $"<MigrationsFolder Include=\"{folder.RelativeTo(projectDirectory)}\"{Metadata("Database", folder.Declared.Database)}{Metadata("ConnectionStringVariable", folder.Declared.ConnectionVariable)}{Metadata("HistoryTable", history)} />";

    private static string Metadata(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $" {name}=\"{value}\"";
}
