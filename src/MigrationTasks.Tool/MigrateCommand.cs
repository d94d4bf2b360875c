using System.CommandLine;
using System.CommandLine.Parsing;
using MigrationTasks.Help;

namespace MigrationTasks.Tool;

/// <summary>The command line: the program, its commands and their options, all made of what the package declares for targets and properties.</summary>
internal static class MigrateCommand
{
    // A run that is told to end rolls back what it is doing; a statement that does not stop on the server is given this long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="console">Where it writes.</param>
    /// <returns>0 when all was done that was asked for, 1 otherwise.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ToolConsole console)
    {
        var result = Create(console).Parse(arguments);
        // What is asked of the program itself would be lost when a command follows.
        var misplaced = result.CommandResult.Command is RootCommand ? [] : result.RootCommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit && !option.Option.Recursive).ToList();
        if (misplaced.Count > 0)
        {
            UsageErrors.WriteMisplaced(misplaced.Select(option => option.Option.Name), result.CommandResult.Command, console.Problems);
            return 1;
        }

        if (result.Errors.Count > 0)
        {
            UsageErrors.Write(result, console.Problems);
            return 1;
        }

        return await result.InvokeAsync(new InvocationConfiguration { Output = console.Output, Error = console.Problems, ProcessTerminationTimeout = Patience, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
    }

    private static RootCommand Create(ToolConsole console)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Migrates databases: applies what is pending of the migrations in migrations/<database>/. The connection is read from the environment or a .env file, such as DATABASE_URL or SQLITE_URL.");
        Fill(root, "Migrate");
        foreach (var target in CommandNames.Targets)
        {
            var command = new Command(CommandNames.CommandOf(target), CommandNames.Translate(PackageFiles.DescriptionOf(target)).TrimEnd(':') + ".");
            Fill(command, target);
            root.Add(command);
        }

        foreach (var option in common.All)
        {
            root.Add(option);
        }

        return root;

        void Fill(Command command, string target)
        {
            var properties = CommandNames.Properties.Where(property => PackageFiles.TargetsOf(property) is var targets && (targets.Count == 0 || targets.Contains(target))).ToList();
            var options = properties.Select(property => PropertyOption.Of(property)).ToList();
            options.ForEach(command.Add);
            var name = target == "MigrateNew" ? new Argument<string?>("name") { Description = "What the migration does, such as add_users.", Arity = ArgumentArity.ZeroOrOne } : null;
            if (name is not null)
            {
                command.Add(name);
            }

            command.SetAction((result, cancellation) =>
            {
                var values = properties.Zip(options).ToDictionary(pair => pair.First, pair => result.GetValue(pair.Second) ?? "");
                if (name is not null && result.GetValue(name) is { } given)
                {
                    values["MigrateName"] = given;
                }

                return new ToolRun(target, values, common.Of(result), console).RunAsync(cancellation);
            });
        }
    }
}
