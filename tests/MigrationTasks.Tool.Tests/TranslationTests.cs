using System.Collections;
using System.Reflection;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Tool.Tests;

/// <summary>What the engine calls by the names of targets and properties is told as it is typed here.</summary>
[TestClass]
public sealed class TranslationTests
{
    [TestMethod]
    [DataRow("Run dotnet build -t:MigrateRepair -p:MigrateRepairChecksums=true.", "Run migrate repair --repair-checksums.")]
    [DataRow("dotnet build -t:MigrateBaseline -p:MigrateDatabase=\"db/my shop\" -p:MigrateTargetVersion=003", "migrate baseline --database \"db/my shop\" --target-version 003")]
    [DataRow("Wait longer with -p:MigrateLockTimeout=120, or", "Wait longer with --lock-timeout 120, or")]
    [DataRow("MigrateOutOfOrder is 'x'", "--out-of-order is 'x'")]
    [DataRow("MigrateRollback undoes it; MigrateStatus shows it", "migrate rollback undoes it; migrate status shows it")]
    [DataRow("dotnet build -t:Migrate", "migrate")]
    [DataRow("dotnet build -t:MigrateNew -p:Name=add_users", "migrate new add_users")]
    [DataRow("the stack trace that 'dotnet build -v:detailed' prints", "the stack trace that 'migrate --verbose' prints")]
    [DataRow("if you never roll back, set <NoWarn>$(NoWarn);MIG5060</NoWarn>.", "if you never roll back, --no-warn MIG5060.")]
    [DataRow("-p:MigrateSteps= empties one", "--steps \"\" empties one")]
    [DataRow("the file 001_MigrateUsers.sql and Migrations/", "the file 001_MigrateUsers.sql and Migrations/")]
    [DataRow("Say it in the project file", "Say it in the file migrate.xml")]
    public void A_command_of_a_build_is_one_of_this_program(string text, string told) => Assert.AreEqual(told, CommandNames.Translate(text));

    // Each of them is made with texts for what it is told: no other way knows them all.
    [TestMethod]
    public void No_message_of_the_engine_speaks_of_a_build()
    {
        var texts = typeof(Errors).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(Diagnostic) || method.ReturnType == typeof(MigrationException))
            .Select(Invoke).OfType<string>().ToList();

        Assert.IsGreaterThan(150, texts.Count);
        string[] foreign = ["dotnet build", "-t:", "-p:", "NoWarn", "-v:detailed"];
        var left = texts.Select(CommandNames.Translate).Where(text => foreign.Any(word => text.Contains(word, StringComparison.Ordinal)) && !text.Contains("MIG1054", StringComparison.Ordinal)).ToList();
        Assert.IsEmpty(left, string.Join('\n', left));
    }

    private static string? Invoke(MethodInfo method)
    {
        try
        {
            return method.Invoke(null, [.. method.GetParameters().Select(parameter => Sample(parameter))]) switch
            {
                Diagnostic diagnostic => diagnostic.ToString(),
                MigrationException { Diagnostics: [var diagnostic, ..] } => diagnostic.ToString(),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is TargetInvocationException or ArgumentException or MissingMethodException)
        {
            // It needs more than a sample.
            return null;
        }
    }

    private static object? Sample(ParameterInfo parameter) => parameter.Name switch
    {
        "command" => "MigrateRollback",
        "property" or "first" or "second" => "MigrateSteps",
        _ => Sample(parameter.ParameterType),
    };

    private static object? Sample(Type type) =>
        type == typeof(string) ? "a"
        : type.IsValueType ? Activator.CreateInstance(type)
        : type.IsAssignableFrom(typeof(string[])) && type != typeof(object) && typeof(IEnumerable).IsAssignableFrom(type) ? new[] { "a", "b" }
        : type == typeof(Exception) ? new InvalidOperationException("a")
        : null;
}
