namespace MigrationTasks.Engine.Diagnostics;

/// <content>Several folders or projects on one history.</content>
internal static partial class Errors
{
    // To remove the row of another folder's migration would have that folder apply it again.
    private const string OtherFolder = "If another folder or project applied it here, keep its row, and give each a history of its own before the next is applied: <MigrationsFolder … HistoryTable=\"shop_migrations\" />, with MigrateBaseline for what is applied already.";

    /// <summary>MIG1055: two folders of a project would have one history.</summary>
    /// <param name="folder">The full path of the folder that is to get another history.</param>
    /// <param name="path">The same, from the project's folder.</param>
    /// <param name="sharer">The other folder, from the project's folder.</param>
    /// <param name="target">The database.</param>
    /// <param name="table">The history table.</param>
    /// <param name="variables">The variables that hold their connections: one when they share it, none when they are given in code.</param>
    /// <param name="declare">Gives the declarations that part them, with the name of the other history.</param>
    /// <param name="project">The project's name.</param>
    internal static MigrationException FoldersShareHistory(string folder, string path, string sharer, string target, string table, IReadOnlyList<string> variables, Func<string, string> declare, string project) =>
        Error("MIG1055", $"{PlainText.Of(sharer)} and {PlainText.Of(path)} lead to the same database ({PlainText.Of(target)}) and have the same history table ({PlainText.Of(table)}): they would take each other's files for missing, and two files of one name for one. Nothing was run. Give {PlainText.Of(path)} a history of its own, in the project file: {PlainText.Of(declare(OwnHistoryOf($"{project}/{path}", [$"{project}/{sharer}"]) is var own && own != table ? own : TableOf($"{project}/{path}")))}. {MarkApplied(path)}"
            + variables.Count switch
            {
                0 => "",
                1 => " If it is meant for another database, name the variable that holds that connection there: ConnectionStringVariable=\"…\".",
                _ => $" If they are meant for different databases, correct {PlainText.Of(string.Join(" or ", variables))}.",
            }, new SourceLocation(folder));

    /// <summary>MIG3036: the history has migrations of another folder or project; a warning where this folder has some there too.</summary>
    /// <param name="path">The migrations folder.</param>
    /// <param name="table">The history table.</param>
    /// <param name="folder">What the history calls this folder.</param>
    /// <param name="others">What it calls the others, at least one.</param>
    /// <param name="name">The name of one of their migrations.</param>
    /// <param name="isEstablished">Whether this folder has rows there too.</param>
    public static Diagnostic SharedHistory(string path, string table, string folder, IReadOnlyList<string> others, string name, bool isEstablished)
    {
        var whose = PlainText.Of(string.Join(" and ", others.Take(3)));
        var separate = $"Give this folder a history of its own, <MigrationsFolder … HistoryTable=\"{OwnHistoryOf(folder, others)}\" />. {MarkApplied()}";
        return isEstablished
            ? Warning("MIG3036", $"The history {PlainText.Of(table)} also has migrations of {whose}. They are left alone, but two files of one name would be taken for one. {separate} Or do so there instead; only once that is done, and what is applied is marked in the other history, remove the rows that are left of it in this one: {RepairCommand("Missing", name)}", new SourceLocation(path))
            : Problem("MIG3036", $"The history {PlainText.Of(table)} has migrations of {whose}, and none of this folder ({PlainText.Of(folder)}): two folders in one history would take each other's files for missing, and two files of one name for one. Nothing was run. {separate} If it is the same folder, whose files or name were changed, say so to the history: set folder to {PlainText.Of(folder)} in its rows where it is {PlainText.Of(others[0])}.", new SourceLocation(path));
    }

    /// <summary>MIG3037: another folder or project has applied a migration of the same name.</summary>
    /// <param name="path">The migration's file.</param>
    /// <param name="folder">What the history calls its folder.</param>
    /// <param name="other">What it calls the other one.</param>
    public static Diagnostic NameOfOtherFolder(string path, string folder, string other) =>
        Problem("MIG3037", $"A migration of this name was applied by {PlainText.Of(other)}, which shares the history: this one would never run. Give it another name, or this folder a history of its own: <MigrationsFolder … HistoryTable=\"{OwnHistoryOf(folder, [other])}\" />. {MarkApplied()}", new SourceLocation(path));

    private static string MarkApplied(string? path = null) =>
        $"On a database where its migrations are applied already, mark them there before the next run, up to the newest of them, or they would be applied again: dotnet build -t:MigrateBaseline{(path is null ? "" : $" -p:MigrateDatabase={PlainText.Of(path)}")} -p:MigrateTargetVersion=003.";

    // A folder is called by its project and the path in it: Shop/migrations/postgresql. The project is enough unless another folder of it is meant.
    private static string OwnHistoryOf(string folder, IReadOnlyList<string> others)
    {
        var parts = folder.Split('/');
        var words = others.Any(other => other.Split('/')[0] == parts[0]) && parts.Length > 1 ? $"{parts[0]}_{parts[^1]}" : parts[0];
        return TableOf(words);
    }

    private static string TableOf(string words) => string.Concat($"{words}_migrations".Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
}
