using Mono.Cecil;

namespace MigrationTasks.Profile;

/// <summary>Finds the methods of a profile in assemblies. What is called otherwise now, or is gone, is passed over.</summary>
/// <param name="library">The assemblies.</param>
public sealed class MethodFinder(TypeLibrary library)
{
    /// <summary>The methods that belong into the images of the assemblies that are compiled.</summary>
    public IEnumerable<MethodReference> Find(IEnumerable<(string Type, string Method)> profile) =>
        from entry in profile
        from type in new TypeNameReader(library, entry.Type).ReadType()
        from method in Find(type, entry.Method)
        select method;

    private IEnumerable<MethodReference> Find(TypeReference type, string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        var arguments = bracket < 0 ? [[]] : new TypeNameReader(library, name[bracket..]).ReadArguments();
        var plain = bracket < 0 ? name : name[..bracket];
        return
            from definition in type.Resolve().Methods
            where definition.HasBody && StableName.Of(definition.Name) == plain
            from list in arguments
            where list.Length == definition.GenericParameters.Count && (library.Compiles(type) || list.Any(library.Compiles))
            select Instance(type, definition, list);
    }

    private static MethodReference Instance(TypeReference type, MethodDefinition definition, TypeReference[] arguments)
    {
        var method = type is GenericInstanceType ? Of(type, definition) : definition;
        if (arguments.Length == 0)
        {
            return method;
        }

        var instance = new GenericInstanceMethod(method);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    private static MethodReference Of(TypeReference type, MethodDefinition definition)
    {
        var method = new MethodReference(definition.Name, definition.ReturnType, type)
        {
            HasThis = definition.HasThis,
            ExplicitThis = definition.ExplicitThis,
            CallingConvention = definition.CallingConvention,
        };
        foreach (var parameter in definition.Parameters)
        {
            method.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        foreach (var parameter in definition.GenericParameters)
        {
            method.GenericParameters.Add(new GenericParameter(parameter.Name, method));
        }

        return method;
    }
}
