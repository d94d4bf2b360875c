using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MigrationTasks.Profile;

/// <summary>
/// Writes the profile as the compiler reads it (.mibc): an assembly whose code is never run, and names methods. A method of it names the methods
/// of one group of assemblies, those that the methods and their arguments are of, that of the method first; <c>AssemblyDictionary</c> names the groups.
/// </summary>
public static class ProfileImage
{
    /// <summary>Writes methods.</summary>
    public static void Write(IEnumerable<MethodReference> methods, TypeLibrary library, string file)
    {
        using var assembly = AssemblyDefinition.CreateAssembly(
            new AssemblyNameDefinition("profile", new Version(1, 0)), "profile", new ModuleParameters { Kind = ModuleKind.Dll, AssemblyResolver = library.Resolver });
        var module = assembly.MainModule;
        var index = NewMethod(module, "AssemblyDictionary");
        foreach (var group in methods.GroupBy(GroupOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var body = NewMethod(module, group.Key);
            foreach (var method in group.DistinctBy(method => method.FullName))
            {
                body.Emit(OpCodes.Ldtoken, module.ImportReference(method));
                body.Emit(OpCodes.Pop);
            }

            body.Emit(OpCodes.Ret);
            index.Emit(OpCodes.Ldstr, group.Key);
            index.Emit(OpCodes.Ldtoken, body.Body.Method);
            index.Emit(OpCodes.Pop);
        }

        index.Emit(OpCodes.Ret);
        assembly.Write(file, new WriterParameters { DeterministicMvid = true });
    }

    private static ILProcessor NewMethod(ModuleDefinition module, string name)
    {
        var method = new MethodDefinition(name, MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void);
        module.GetType("<Module>").Methods.Add(method);
        return method.Body.GetILProcessor();
    }

    private static string GroupOf(MethodReference method)
    {
        var own = AssemblyOf(method.DeclaringType);
        var others = Assemblies(method.DeclaringType).Concat(method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Assemblies) : []);
        return string.Concat(others.Where(name => name != own).Distinct().Order(StringComparer.Ordinal).Prepend(own).Select(name => $"{name};"));
    }

    private static IEnumerable<string> Assemblies(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Assemblies).Append(AssemblyOf(generic)),
        TypeSpecification other => Assemblies(other.ElementType),
        { IsPrimitive: true } or { FullName: TypeLibrary.Canonical } => [],
        _ => [AssemblyOf(type)],
    };

    private static string AssemblyOf(TypeReference type) => type.Resolve().Module.Assembly.Name.Name;
}
