using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationTasks.Fuzzing.Tests;

/// <summary>
/// The inputs that are kept: examples of each language, and whatever ever made a parser fail. An input is a file as it is,
/// in UTF-8; one that no UTF-8 can hold (half a character) is UTF-16 and ends in <c>.utf16</c>.
/// </summary>
internal static class Corpus
{
    private const string Unpaired = ".utf16";

    /// <summary>The kept inputs of a parser, with the names of their files.</summary>
    public static IReadOnlyList<(string File, string Input)> Read(string parser)
    {
        var folder = Path.Combine(Repository.Corpus, parser);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), ReadFile(file)))] : [];
    }

    /// <summary>Writes down an input that made a parser fail.</summary>
    /// <returns>The input, and what to do with its file.</returns>
    public static string Keep(string parser, string input)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(input.AsSpan())))[..12];
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, parser)).FullName;
        var file = Path.Combine(folder, name);
        var bytes = Encoding.UTF8.GetBytes(input);
        if (Encoding.UTF8.GetString(bytes) == input)
        {
            File.WriteAllBytes(file += ".txt", bytes);
        }
        else
        {
            File.WriteAllBytes(file += Unpaired, MemoryMarshal.AsBytes(input.AsSpan()).ToArray());
        }

        return $"{JsonSerializer.Serialize(input)}\nIt is in {file}: move it to {Path.Combine(Repository.Corpus, parser)}, where every run tries it.";
    }

    private static string ReadFile(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return file.EndsWith(Unpaired, StringComparison.Ordinal) ? MemoryMarshal.Cast<byte, char>(bytes).ToString() : Encoding.UTF8.GetString(bytes);
    }
}
