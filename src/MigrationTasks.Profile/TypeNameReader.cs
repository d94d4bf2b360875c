using Mono.Cecil;

namespace MigrationTasks.Profile;

/// <summary>Reads names of types with their arguments: <c>Outer`1+Inner[System.Int32[],System.__Canon]</c>.</summary>
/// <param name="library">Knows types by their names.</param>
/// <param name="text">The text.</param>
internal sealed class TypeNameReader(TypeLibrary library, string text)
{
    private int _position;

    private bool IsAt(char character) => _position < text.Length && text[_position] == character;

    /// <summary>All types that a name fits; none when there is no such type any more.</summary>
    public List<TypeReference> ReadType()
    {
        var start = _position;
        while (_position < text.Length && text[_position] is not ('[' or ',' or ']'))
        {
            _position++;
        }

        List<TypeReference> types = [.. library.Find(text[start.._position])];
        if (IsAt('[') && text[_position + 1] != ']')
        {
            types = [.. ReadArguments().SelectMany(arguments => types.Where(type => type.GenericParameters.Count == arguments.Length).Select(type => Instance(type, arguments)))];
        }

        while (IsAt('['))
        {
            _position += 2;
            types = [.. types.Select(type => new ArrayType(type))];
        }

        return types;
    }

    /// <summary>What is in brackets, in every way that fits.</summary>
    public List<TypeReference[]> ReadArguments()
    {
        List<TypeReference[]> lists = [[]];
        do
        {
            _position++;
            var types = ReadType();
            lists = [.. lists.SelectMany(list => types.Select(type => (TypeReference[])[.. list, type]))];
        }
        while (IsAt(','));

        _position++;
        return lists;
    }

    private static GenericInstanceType Instance(TypeReference type, TypeReference[] arguments)
    {
        var instance = new GenericInstanceType(type);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }
}
