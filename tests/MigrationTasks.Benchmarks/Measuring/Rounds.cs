using MigrationTasks.Benchmarks.Tools;

namespace MigrationTasks.Benchmarks.Measuring;

/// <summary>
/// Lets tools run in turns, so that whatever else the machine does hits all of them alike; each round starts with another one. A
/// tool that has used up its time sits out the rounds that follow: what takes a minute need not be done five times.
/// </summary>
/// <param name="count">How many rounds.</param>
/// <param name="patience">How long a tool may take in all.</param>
internal sealed class Rounds(int count, TimeSpan patience)
{
    public async Task<IReadOnlyList<ToolResult>> RunAsync(IReadOnlyList<Tool> tools, Func<Tool, Task<Measurement>> run)
    {
        var runs = tools.ToDictionary(tool => tool, _ => new List<Measurement>());
        var missing = tools.ToDictionary(tool => tool, tool => tool.Missing);
        for (var round = 0; round < count; round++)
        {
            foreach (var tool in tools.Skip(round % tools.Count).Concat(tools.Take(round % tools.Count)))
            {
                if (missing[tool] is null && runs[tool].Sum(done => done.Elapsed.TotalSeconds) < patience.TotalSeconds)
                {
                    try
                    {
                        runs[tool].Add(await run(tool));
                    }
                    catch (ToolFailedException failure)
                    {
                        Console.Error.WriteLine($"{tool.Name} failed: {failure.Message}");
                        missing[tool] = "failed";
                        runs[tool].Clear();
                    }
                }
            }
        }

        return [.. tools.Select(tool => new ToolResult(tool.Name, tool.IsPeer, runs[tool], missing[tool]))];
    }
}
