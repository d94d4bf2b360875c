namespace MigrationTasks.Engine.Migrations;

/// <summary>
/// The version of a migration: digits of any length, compared as numbers. <c>10</c> comes after <c>9</c>, <c>001</c>
/// equals <c>1</c>, and a timestamp of twenty digits fits.
/// </summary>
public readonly struct MigrationVersion : IEquatable<MigrationVersion>, IComparable<MigrationVersion>
{
    private readonly string? _digits;

    private MigrationVersion(string digits) => _digits = digits;

    // Without leading zeros, so that equal numbers are equal texts, and a longer text is a larger number.
    private string Digits => _digits ?? "";

    /// <summary>Whether the version is zero.</summary>
    public bool IsZero => Digits.Length == 0;

    /// <summary>Reads a version.</summary>
    /// <param name="text">ASCII digits, at least one.</param>
    /// <param name="version">The version, when the text is one.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out MigrationVersion version)
    {
        version = default;
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        version = new MigrationVersion(text.TrimStart('0').ToString());
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(MigrationVersion other)
    {
        var byLength = Digits.Length.CompareTo(other.Digits.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(Digits, other.Digits);
    }

    /// <inheritdoc/>
    public bool Equals(MigrationVersion other) => Digits == other.Digits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MigrationVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Digits.GetHashCode(StringComparison.Ordinal);

    /// <summary>The version without leading zeros.</summary>
    public override string ToString() => IsZero ? "0" : Digits;

    /// <summary>Whether two versions are the same number.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(MigrationVersion left, MigrationVersion right) => left.Equals(right);

    /// <summary>Whether two versions are different numbers.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(MigrationVersion left, MigrationVersion right) => !left.Equals(right);

    /// <summary>Whether a version comes before another.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(MigrationVersion left, MigrationVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether a version comes after another.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(MigrationVersion left, MigrationVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether a version is not after another.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(MigrationVersion left, MigrationVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a version is not before another.</summary>
    /// <param name="left">One version.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(MigrationVersion left, MigrationVersion right) => left.CompareTo(right) >= 0;
}
