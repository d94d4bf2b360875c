using System.Runtime.Loader;

namespace MigrationTasks;

/// <summary>
/// Finds assemblies in the folder around that of the tasks: what the package does not compile ahead lies there once, and not for
/// every system again.
/// </summary>
internal static class SharedAssemblies
{
    /// <summary>Has them found, whoever asks for them first.</summary>
    public static void Register()
    {
        var tasks = typeof(SharedAssemblies).Assembly;
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(tasks.Location)) ?? "";
        AssemblyLoadContext.GetLoadContext(tasks)!.Resolving += (context, name) =>
            Path.Combine(folder, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
