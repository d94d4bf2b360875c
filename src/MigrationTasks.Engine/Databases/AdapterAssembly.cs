using System.Reflection;
using System.Runtime.Loader;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Databases;

/// <summary>An assembly of somebody else's that holds adapters.</summary>
public static class AdapterAssembly
{
    private static readonly AssemblyName Engine = typeof(AdapterDefinition).Assembly.GetName();

    /// <summary>
    /// Loads an assembly and creates its adapters: of every public class that derives from <see cref="AdapterDefinition"/> and has
    /// a constructor without parameters. The engine is the one that runs already; all else, native libraries too, comes from the
    /// folder of the assembly by its <c>.deps.json</c>, so that two adapters may use two versions of one library.
    /// </summary>
    /// <param name="path">The assembly's file, a full path. It stays loaded for as long as the process lives.</param>
    /// <returns>At least one adapter.</returns>
    /// <exception cref="MigrationException">
    /// MIG1025 there is no such file; MIG1031 it holds no adapter; MIG1033 it is made for another version of the engine; MIG1034
    /// something that it needs is missing; MIG1035 an adapter cannot be created.
    /// </exception>
    public static IReadOnlyList<AdapterDefinition> Load(string path)
    {
        if (!File.Exists(path))
        {
            throw Errors.AdapterMissing(path);
        }

        var context = new AdapterLoadContext(path);
        var assembly = Read(context, path);
        var references = assembly.GetReferencedAssemblies();
        CheckEngine(path, Array.Find(references, reference => reference.Name == Engine.Name)?.Version);
        foreach (var reference in references)
        {
            Guard(path, () => context.LoadFromAssemblyName(reference));
        }

        var types = Guard(path, assembly.GetExportedTypes).Where(IsAdapter).ToList();
        return types.Count > 0 ? [.. types.Select(type => Create(path, type))] : throw Errors.NoAdapter(path);
    }

    private static Assembly Read(AssemblyLoadContext context, string path)
    {
        try
        {
            return context.LoadFromAssemblyPath(path);
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or UnauthorizedAccessException)
        {
            throw Errors.NoAdapter(path, exception);
        }
    }

    // The members of the engine change with its minor version, as long as there is no version 1.
    private static void CheckEngine(string path, Version? version)
    {
        if (version is null)
        {
            throw Errors.NoAdapter(path);
        }

        var ours = Engine.Version!;
        if ((version.Major, version.Minor) != (ours.Major, ours.Minor))
        {
            throw Errors.AdapterForOtherEngine(path, version, ours);
        }
    }

    private static bool IsAdapter(Type type) => type is { IsAbstract: false } && type.IsSubclassOf(typeof(AdapterDefinition)) && type.GetConstructor(Type.EmptyTypes) is not null;

    private static AdapterDefinition Create(string path, Type type)
    {
        try
        {
            var adapter = (AdapterDefinition)Activator.CreateInstance(type)!;
            // Asked here, where it is known whose answer it is; later they are taken for granted.
            return string.IsNullOrWhiteSpace(adapter.Name) || adapter.Aliases.Concat(adapter.UrlSchemes).Any(string.IsNullOrWhiteSpace)
                ? throw Errors.AdapterUnusable(path, type.FullName!, "its name, or one of its aliases or URL schemes, is empty.")
                : adapter;
        }
        catch (Exception exception) when (exception is not MigrationException)
        {
            throw MissingDependency.Find(exception) is { } missing
                ? Errors.AdapterDependency(path, missing, exception)
                : Errors.AdapterUnusable(path, type.FullName!, (exception as TargetInvocationException)?.InnerException?.Message ?? exception.Message, exception);
        }
    }

    private static TResult Guard<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (MissingDependency.Find(exception) is { } missing)
        {
            throw Errors.AdapterDependency(path, missing, exception);
        }
        catch (TypeLoadException exception)
        {
            throw Errors.AdapterUnusable(path, exception.TypeName, exception.Message, exception);
        }
    }
}
