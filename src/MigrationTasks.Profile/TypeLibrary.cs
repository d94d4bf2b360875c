using Mono.Cecil;

namespace MigrationTasks.Profile;

/// <summary>The types of the assemblies that are compiled, and of the framework that this runs on, by their names.</summary>
public sealed class TypeLibrary : IDisposable
{
    /// <summary>Every class, as an argument; for the compiler, it is in an assembly that does not exist.</summary>
    public const string Canonical = "System.__Canon";

    private readonly TypeReference[] _canonical = [new TypeReference("System", "__Canon", null, new AssemblyNameReference("System.Private.Canon", new Version(0, 0, 0, 0)))];
    private readonly DefaultAssemblyResolver _resolver = new();
    private readonly Dictionary<string, List<TypeDefinition>> _compiled;
    private readonly Dictionary<string, List<TypeDefinition>> _framework = [];
    private readonly Queue<string> _unread;

    /// <param name="assemblies">The folder of the assemblies that are compiled.</param>
    /// <param name="references">Folders of what else they refer to.</param>
    public TypeLibrary(string assemblies, IReadOnlyList<string> references)
    {
        foreach (var folder in _resolver.GetSearchDirectories())
        {
            _resolver.RemoveSearchDirectory(folder);
        }

        foreach (var folder in references.Prepend(Path.GetDirectoryName(typeof(object).Assembly.Location)!).Prepend(assemblies))
        {
            _resolver.AddSearchDirectory(folder);
        }

        _compiled = [];
        foreach (var file in Directory.EnumerateFiles(assemblies, "*.dll"))
        {
            Add(_compiled, file);
        }

        // Most of what is asked for is in the first one.
        var core = typeof(object).Assembly.Location;
        _unread = new(Directory.EnumerateFiles(Path.GetDirectoryName(core)!, "System.*.dll").OrderBy(file => file != core).ThenBy(file => file, StringComparer.Ordinal));
    }

    /// <summary>Finds assemblies.</summary>
    public IAssemblyResolver Resolver => _resolver;

    /// <summary>Whether a type, or an argument of it, is of an assembly that is compiled.</summary>
    public bool Compiles(TypeReference type) => type switch
    {
        GenericInstanceType generic => Compiles(generic.ElementType) || generic.GenericArguments.Any(Compiles),
        TypeSpecification other => Compiles(other.ElementType),
        _ => _compiled.TryGetValue(NameOf(type), out var types) && types.Contains(type.Resolve()),
    };

    /// <summary>The types of a name; several where only a number of the compiler's told them apart.</summary>
    public IReadOnlyList<TypeReference> Find(string name)
    {
        if (name == Canonical)
        {
            return _canonical;
        }

        if (_compiled.TryGetValue(name, out var types))
        {
            return types;
        }

        while (!_framework.TryGetValue(name, out types) && _unread.TryDequeue(out var file))
        {
            Add(_framework, file);
        }

        return types ?? [];
    }

    /// <inheritdoc/>
    public void Dispose() => _resolver.Dispose();

    private static string NameOf(TypeReference type) => StableName.Of(type.FullName.Replace('/', '+'));

    private void Add(Dictionary<string, List<TypeDefinition>> known, string file)
    {
        foreach (var type in ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = _resolver }).GetTypes())
        {
            var name = NameOf(type);
            if (!known.TryGetValue(name, out var types))
            {
                known.Add(name, types = []);
            }

            types.Add(type);
        }
    }
}
