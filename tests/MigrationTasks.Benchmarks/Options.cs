using MigrationTasks.Benchmarks.Cases;
using MigrationTasks.Benchmarks.Tools;

namespace MigrationTasks.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Scale">How much is measured.</param>
/// <param name="Cases">What is measured.</param>
/// <param name="Tools">The names of the peers that take part; all when there is none.</param>
/// <param name="Output">The file that the report is written to as well.</param>
internal sealed record Options(Scale Scale, IReadOnlyList<Case> Cases, IReadOnlyList<string> Tools, string? Output)
{
    /// <returns><see langword="null"/> when the command line cannot be understood.</returns>
    public static Options? Read(IReadOnlyList<string> arguments)
    {
        var options = new Options(Scale.Full, [], [], null);
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--quick":
                    options = options with { Scale = Scale.Quick };
                    continue;
                case "--case" when Case.All.FirstOrDefault(known => known.Name == value) is { } selected:
                    options = options with { Cases = [.. options.Cases, selected] };
                    break;
                case "--tool" when value is not null:
                    options = options with { Tools = [.. options.Tools, value] };
                    break;
                case "--output" when value is not null:
                    options = options with { Output = value };
                    break;
                default:
                    return null;
            }

            i++;
        }

        if (options.Tools.Except(Toolbox.PostgreSql.Concat(Toolbox.Sqlite).Concat(Toolbox.MySql).Select(tool => tool.Name)).Any())
        {
            return null;
        }

        return options.Cases.Count > 0 ? options : options with { Cases = Case.All };
    }
}
