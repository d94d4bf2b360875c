namespace MigrationTasks.Fuzzing.Tests;

/// <summary>A kind of text that can be made as long as one likes.</summary>
/// <param name="Name">What there is much of.</param>
/// <param name="Make">Makes a text of about so many characters.</param>
public sealed record Growth(string Name, Func<int, string> Make)
{
    /// <summary>The same over and over.</summary>
    /// <param name="fragment">What is repeated.</param>
    /// <param name="before">What stands once before it.</param>
    /// <param name="after">What stands once after it.</param>
    public static Growth Of(string fragment, string before = "", string after = "") => new(
        $"{before}{fragment}…{after}".ReplaceLineEndings("⏎"),
        length => string.Concat([before, .. Enumerable.Repeat(fragment, length / fragment.Length), after]));

    /// <summary>The same over and over, each time with another number in it.</summary>
    /// <param name="fragment">What is repeated; <c>#</c> is the number.</param>
    /// <param name="before">What stands once before it.</param>
    /// <param name="after">What stands once after it.</param>
    public static Growth Numbered(string fragment, string before = "", string after = "") => new(
        $"{before}{fragment}…{after}".ReplaceLineEndings("⏎"),
        length => string.Concat([before, .. Enumerable.Range(0, length / (fragment.Length + 5)).Select(number => fragment.Replace("#", $"{number:D6}", StringComparison.Ordinal)), after]));

    /// <summary>As many closing as opening ones.</summary>
    /// <param name="open">What opens.</param>
    /// <param name="close">What closes.</param>
    /// <param name="before">What stands once before it.</param>
    /// <param name="after">What stands once after it.</param>
    public static Growth Nested(string open, string close, string before = "", string after = "") => new(
        $"{before}{open}…{close}…{after}".ReplaceLineEndings("⏎"),
        length => length / (open.Length + close.Length) is var depth
            ? string.Concat([before, .. Enumerable.Repeat(open, depth), .. Enumerable.Repeat(close, depth), after])
            : "");
}
