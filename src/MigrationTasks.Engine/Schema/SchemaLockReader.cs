using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Schema;

/// <summary>Reads a lock file line by line.</summary>
internal sealed class SchemaLockReader(string path, TextReader reader)
{
    // What git begins a line with where it cannot merge: ours, the common one, theirs.
    private static readonly string[] ConflictMarks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

    private readonly SchemaBuilder _schema = new();
    private readonly List<string> _body = [];
    private (string Kind, string Name)? _object;
    private (string Kind, string Name)? _fact;
    private string? _database;
    private int _number;

    public SchemaSnapshot Read()
    {
        while (reader.ReadLine() is { } line)
        {
            _number++;
            if (Array.Exists(ConflictMarks, mark => line.StartsWith(mark, StringComparison.Ordinal)))
            {
                throw Errors.SchemaLockConflict(path, _number);
            }

            if (line.StartsWith(SchemaLock.BodyMark, StringComparison.Ordinal))
            {
                ReadBody(line.AsSpan(SchemaLock.BodyMark.Length));
                continue;
            }

            EndBody();
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (line.StartsWith(SchemaLock.Indent, StringComparison.Ordinal))
            {
                ReadFact(line.AsSpan(SchemaLock.Indent.Length));
            }
            else if (_database is null)
            {
                _database = line.StartsWith(SchemaLock.DatabaseKeyword, StringComparison.Ordinal) && line.Length > SchemaLock.DatabaseKeyword.Length
                    ? line[SchemaLock.DatabaseKeyword.Length..]
                    : throw Malformed();
            }
            else
            {
                ReadObject(line);
            }
        }

        EndBody();
        try
        {
            return _schema.Build(_database ?? throw Malformed());
        }
        catch (ArgumentException)
        {
            throw Malformed();
        }
    }

    private void ReadObject(ReadOnlySpan<char> line)
    {
        var (kind, rest) = Kind(line);
        var name = LockName.Read(rest, null, out _);
        if (string.IsNullOrEmpty(name))
        {
            throw Malformed();
        }

        _object = (kind, name);
        _schema.Add(kind, name);
    }

    private void ReadFact(ReadOnlySpan<char> line)
    {
        if (_object is not { } owner)
        {
            throw Malformed();
        }

        var (kind, rest) = Kind(line);
        var end = 0;
        var name = rest is [':', ..] or [] ? "" : LockName.Read(rest, ':', out end) ?? throw Malformed();
        switch (rest[end..])
        {
            case []:
                _schema.Add(owner.Kind, owner.Name, new SchemaFact(kind, name));
                break;
            case [':']:
                _fact = (kind, name);
                break;
            case [':', ' ', .. var payload]:
                _schema.Add(owner.Kind, owner.Name, new SchemaFact(kind, name, payload.ToString()));
                break;
            default:
                throw Malformed();
        }
    }

    private void ReadBody(ReadOnlySpan<char> line)
    {
        if (_fact is null || line is not ([] or [' ', ..]))
        {
            throw Malformed();
        }

        _body.Add(line.Length == 0 ? "" : line[1..].ToString());
    }

    private void EndBody()
    {
        if (_fact is { } fact && _object is { } owner)
        {
            _schema.Add(owner.Kind, owner.Name, new SchemaFact(fact.Kind, fact.Name, string.Join('\n', _body)));
        }

        _fact = null;
        _body.Clear();
    }

    // The word that a line begins with, and what stands behind it and the space.
    private LockLine Kind(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny(' ', ':');
        var kind = (end < 0 ? line : line[..end]).ToString();
        return SchemaKind.IsValid(kind) ? new LockLine(kind, end < 0 ? [] : line[(line[end] == ' ' ? end + 1 : end)..]) : throw Malformed();
    }

    private MigrationException Malformed() => Errors.SchemaLockMalformed(path, Math.Max(_number, 1));

    private readonly ref struct LockLine(string kind, ReadOnlySpan<char> rest)
    {
        private readonly ReadOnlySpan<char> _rest = rest;

        public void Deconstruct(out string start, out ReadOnlySpan<char> behind)
        {
            start = kind;
            behind = _rest;
        }
    }
}
