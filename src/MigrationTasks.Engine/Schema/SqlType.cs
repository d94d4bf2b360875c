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

    /// <summary>
    /// Whether PostgreSQL changes a column to another type without touching its rows: the values stay as they are, and the
    /// new type takes all of them.
    /// </summary>
    public bool BecomesWithoutRewrite(SqlType other)
    {
        if (IsArray != other.IsArray)
        {
            return false;
        }

        return (Name, other.Name) switch
        {
            ("varchar", "varchar" or "text") or ("text", "text" or "varchar") => Takes(other.Arguments, Arguments),
            ("numeric", "numeric") => TakesNumeric(other.Arguments, Arguments),
            ("varbit", "varbit") or ("timestamp", "timestamp") or ("timestamptz", "timestamptz") or ("time", "time") or ("timetz", "timetz")
                => Takes(other.Arguments, Arguments),
            ("cidr", "inet") or ("text" or "varchar", "citext") => true,
            ("citext", "text" or "varchar") => other.Arguments.Count == 0,
            _ => Name == other.Name && Arguments.SequenceEqual(other.Arguments),
        };
    }

    public override string ToString() =>
        Written ?? Name + (Arguments.Count > 0 ? $"({string.Join(',', Arguments)})" : "") + (IsArray ? "[]" : "");

    // A length or a precision: none is no limit.
    private static bool Takes(IReadOnlyList<int> limit, IReadOnlyList<int> values) => limit.Count == 0 || (values.Count > 0 && values[0] <= limit[0]);

    private static bool TakesNumeric(IReadOnlyList<int> limit, IReadOnlyList<int> values) =>
        limit.Count == 0 || (values.Count > 0 && values[0] <= limit[0] && values.ElementAtOrDefault(1) == limit.ElementAtOrDefault(1));
}
