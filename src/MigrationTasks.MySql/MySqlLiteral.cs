using System.Buffers;
using System.Globalization;
using System.Text;

namespace MigrationTasks.MySql;

/// <summary>
/// Writes values into statements. They travel with statements of migrations in one text, in which the driver would look for
/// parameters; and what a backslash means there is up to <c>sql_mode</c>, which a migration may set.
/// </summary>
internal static class MySqlLiteral
{
    // What means the same in every mode and in every character set.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" !$%&()*+,-./0123456789:;<=>ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>A text, a whole number, a <see cref="DateTimeOffset"/> or <see langword="null"/>, as it stands in a statement.</summary>
    public static string Of(object? value) => value switch
    {
        null => "NULL",
        string text => Of(text),
        bool truth => truth ? "1" : "0",
        DateTimeOffset time => $"'{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {value.GetType().Name} has no literal.", nameof(value)),
    };

    /// <summary>A text to compare letter by letter, whatever the collation of the column and of the session.</summary>
    public static string Exact(string text) => $"{(text.AsSpan().ContainsAnyExcept(Plain) ? "" : "_utf8mb4 ")}{Of(text)} COLLATE utf8mb4_bin";

    /// <summary>A name as it stands in a statement.</summary>
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private static string Of(string text) => text.AsSpan().ContainsAnyExcept(Plain)
        ? $"_utf8mb4 0x{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}"
        : $"'{text}'";
}
