namespace MigrationTasks.Engine.Diagnostics;

/// <content>Other people's adapters.</content>
internal static partial class Errors
{
    /// <summary>MIG1025: the assembly that a <c>MigrationAdapter</c> item names does not exist.</summary>
    /// <param name="path">Its full path.</param>
    public static MigrationException AdapterMissing(string path) =>
        Error("MIG1025", "The assembly of this adapter does not exist. Build or restore it, or correct the MigrationAdapter item.", new SourceLocation(path));

    /// <summary>MIG1031: the assembly that a <c>MigrationAdapter</c> item names holds no adapter.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="cause">What loading it threw, if anything.</param>
    public static MigrationException NoAdapter(string path, Exception? cause = null) => Error(
        "MIG1031",
        cause is null
            ? "This assembly holds no adapter: no public class that derives from MigrationTasks.Engine.Databases.AdapterDefinition and has a public constructor without parameters. Name the adapter's own assembly in the MigrationAdapter item."
            : $"This file cannot be loaded as an assembly: {PlainText.Of(cause.Message)} Name the adapter's own assembly in the MigrationAdapter item.",
        new SourceLocation(path),
        cause);

    /// <summary>MIG1032: two adapters have the same name.</summary>
    /// <param name="name">The name or alias.</param>
    /// <param name="first">The class and the assembly that have it.</param>
    /// <param name="second">The class and the assembly that have it too.</param>
    public static MigrationException AdapterNameTaken(string name, string first, string second) =>
        Error("MIG1032", $"Two adapters are called {PlainText.Of(name)}: {PlainText.Of(first)} and {PlainText.Of(second)}. Remove the MigrationAdapter item, or the package, of one of them.");

    /// <summary>MIG1033: an adapter is made for another version of the engine.</summary>
    /// <param name="path">The full path of its assembly.</param>
    /// <param name="version">The version that it is made for.</param>
    /// <param name="ours">The version that runs.</param>
    public static MigrationException AdapterForOtherEngine(string path, Version version, Version ours)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(ours);
        return Error(
            "MIG1033",
            $"This adapter is made for MigrationTasks {version.Major}.{version.Minor}, and this is {ours.Major}.{ours.Minor}. {(version > ours ? $"Update MigrationTasks to {version.Major}.{version.Minor}" : "Update the adapter")}, so that both have the same major and minor version.",
            new SourceLocation(path));
    }

    /// <summary>MIG1034: an assembly or a native library that an adapter needs is missing.</summary>
    /// <param name="path">The full path of the adapter's assembly.</param>
    /// <param name="missing">What is missing.</param>
    /// <param name="cause">What the runtime threw.</param>
    public static MigrationException AdapterDependency(string path, string missing, Exception cause) =>
        Error("MIG1034", $"This adapter needs {PlainText.Of(missing)}, which cannot be loaded from its folder. Take the adapter's folder as dotnet publish writes it, with its .deps.json and its runtimes/ for this system; for a package, tell its author.", new SourceLocation(path), cause);

    /// <summary>MIG1035: an adapter cannot be created.</summary>
    /// <param name="path">The full path of its assembly.</param>
    /// <param name="type">Its class.</param>
    /// <param name="problem">What it threw, or what is wrong with it: a sentence.</param>
    /// <param name="cause">What it threw, if anything.</param>
    public static MigrationException AdapterUnusable(string path, string type, string problem, Exception? cause = null) =>
        Error("MIG1035", $"The adapter {PlainText.Of(type)} cannot be used: {PlainText.Of(problem)} Update it, or tell its author.", new SourceLocation(path), cause);
}
