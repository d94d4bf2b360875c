using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MigrationTasks.Tests.House;

/// <summary>One use of a type of an assembly by a member of another type of it; nested types count as the type that they stand in.</summary>
/// <param name="By">The type that uses.</param>
/// <param name="Member">Its member, or what of the type itself.</param>
/// <param name="Of">The type that is used.</param>
internal sealed record TypeUse(TypeReference By, string Member, TypeReference Of)
{
    /// <summary>As a failed test tells it.</summary>
    public override string ToString() => $"{By.FullName}.{Member} uses {Of.FullName}";
}

/// <summary>Reads in a built assembly which type uses which: in signatures, attributes and bodies.</summary>
internal static class AssemblyUses
{
    /// <summary>All uses between two types of the assembly, each once.</summary>
    /// <param name="module">The assembly.</param>
    public static IReadOnlyList<TypeUse> In(ModuleDefinition module) =>
        [.. module.GetTypes().SelectMany(UsesOf)
            .SelectMany(use => Named(use.Of).Select(of => new TypeUse(Outermost(use.By), use.Member, Outermost(of))))
            .Where(use => use.Of.Scope == module && use.By.FullName != use.Of.FullName)
            .DistinctBy(use => use.ToString())];

    private static IEnumerable<TypeUse> UsesOf(TypeDefinition type) =>
    [
        .. new[] { type.BaseType }.OfType<TypeReference>()
            .Concat(type.Interfaces.Select(implemented => implemented.InterfaceType))
            .Concat(type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType))
            .Concat(type.CustomAttributes.Select(attribute => attribute.AttributeType))
            .Select(used => new TypeUse(type, "(declaration)", used)),
        .. type.Fields.Select(field => new TypeUse(type, field.Name, field.FieldType)),
        .. type.Methods.SelectMany(method => UsesOf(method).Select(used => new TypeUse(type, method.Name, used))),
    ];

    private static IEnumerable<TypeReference> UsesOf(MethodDefinition method) =>
    [
        .. Signature(method),
        .. method.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType).Concat(method.Body.Instructions.SelectMany(UsesOf)) : [],
    ];

    private static IEnumerable<TypeReference> UsesOf(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method => Signature(method),
        FieldReference field => [field.DeclaringType, field.FieldType],
        TypeReference type => [type],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    // An array, a reference and a generic type are made of others.
    private static IEnumerable<TypeReference> Named(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Named).Append(generic.ElementType),
        IModifierType modifier => [.. Named(modifier.ModifierType), .. Named(modifier.ElementType)],
        TypeSpecification specification => Named(specification.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
