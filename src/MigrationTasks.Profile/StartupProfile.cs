namespace MigrationTasks.Profile;

/// <summary>
/// What a run calls, as text: a line a type, with its methods. Arguments of generic types and methods are in brackets, <c>System.__Canon</c>
/// for every class, since those share their machine code.
/// </summary>
public static class StartupProfile
{
    private const string Separator = ": ";
    private const string MethodSeparator = ", ";

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static IEnumerable<(string Type, string Method)> Read(string file) =>
        from line in File.ReadLines(file)
        where !line.StartsWith('#')
        let parts = line.Split(Separator, 2)
        from method in parts[1].Split(MethodSeparator)
        select (parts[0], method);

    /// <summary>Writes methods in an order that shows what has changed.</summary>
    public static void Write(string file, IEnumerable<(string Type, string Method)> methods) => File.WriteAllLines(file,
    [
        "# What a run calls, and what is compiled ahead therefore. bash tests/profile.sh writes it anew.",
        .. methods.Distinct().GroupBy(method => method.Type, method => method.Method)
            .OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => type.Key + Separator + string.Join(MethodSeparator, type.Order(StringComparer.Ordinal))),
    ]);
}
