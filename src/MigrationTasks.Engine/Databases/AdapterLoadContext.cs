using System.Reflection;
using System.Runtime.Loader;

namespace MigrationTasks.Engine.Databases;

/// <summary>Where an adapter's assembly and its dependencies are loaded, apart from everybody else's.</summary>
/// <param name="path">The assembly's file, a full path.</param>
internal sealed class AdapterLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly Assembly Engine = typeof(AdapterDefinition).Assembly;

    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>The file of the adapter's assembly, a full path.</summary>
    public string AdapterPath { get; } = path;

    /// <summary>The context that an adapter was loaded in; <see langword="null"/> when it came with the process.</summary>
    public static AdapterLoadContext? Of(AdapterDefinition adapter) => GetLoadContext(adapter.GetType().Assembly) as AdapterLoadContext;

    // The engine, and the databases that come with it, may be loaded in a context that is not the default one: MSBuild has one for each
    // task's assembly. What else is not in the adapter's folder is of the framework, which is looked up after this.
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == Engine.GetName().Name ? Engine
        : _resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file)
        : assemblyName.Name!.StartsWith("MigrationTasks.", StringComparison.Ordinal) ? GetLoadContext(Engine)!.LoadFromAssemblyName(assemblyName)
        : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
}
