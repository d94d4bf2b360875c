using MigrationTasks.Tool;

return await MigrateCommand.RunAsync(args, new ToolConsole(Console.Out, Console.Error)).ConfigureAwait(false);
