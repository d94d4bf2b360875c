namespace MigrationTasks.Engine.Schema;

/// <summary>The type of a column.</summary>
/// <param name="Name">Its name, the same for all its spellings: <c>varchar</c> for <c>CHARACTER VARYING</c>.</param>
/// <param name="Arguments">What stands in its parentheses, such as 10 and 2; none when there are none.</param>
/// <param name="IsArray">Whether it is an array of that.</param>
internal sealed record SqlType(string Name, IReadOnlyList<int> Arguments, bool IsArray = false)
{
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["int"] = "integer",
        ["int4"] = "integer",
        ["int8"] = "bigint",
        ["int2"] = "smallint",
        ["bool"] = "boolean",
        ["decimal"] = "numeric",
        ["character varying"] = "varchar",
        ["character"] = "char",
        ["bpchar"] = "char",
        ["bit varying"] = "varbit",
        ["double precision"] = "float8",
        ["float"] = "float8",
        ["real"] = "float4",
        ["timestamp without time zone"] = "timestamp",
        ["timestamp with time zone"] = "timestamptz",
        ["time without time zone"] = "time",
        ["time with time zone"] = "timetz",
        ["serial4"] = "serial",
        ["serial8"] = "bigserial",
        ["serial2"] = "smallserial",
    };

    /// <summary>How messages show it, when that is not what it says: a placeholder's value is nobody's business.</summary>
    public string? Written { get; init; }

    /// <summary>Whether its values come from a sequence that is made with the column.</summary>
    public bool IsSerial => Name is "serial" or "bigserial" or "smallserial";

    /// <summary>The type that the column has once it is there: of <c>serial</c> only an integer is left.</summary>
    public SqlType Stored => Name switch
    {
        "serial" => this with { Name = "integer" },
        "bigserial" => this with { Name = "bigint" },
        "smallserial" => this with { Name = "smallint" },
        _ => this,
    };

    /// <summary>The type of a spelling in lower case.</summary>
    public static SqlType Of(string spelling, IReadOnlyList<int> arguments, bool isArray = false) =>
        new(Spellings.GetValueOrDefault(spelling, spelling), arguments, isArray);

    public override string ToString() =>
        Written ?? Name + (Arguments.Count > 0 ? $"({string.Join(',', Arguments)})" : "") + (IsArray ? "[]" : "");
}
