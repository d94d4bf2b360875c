using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>A parser of texts that hold a secret: wherever it stands, a refusal does not show it.</summary>
public abstract class SecretFuzz : FuzzContract
{
    protected const string Secret = "S3cretW0rd";

    /// <summary>The codes that a refusal may have.</summary>
    protected abstract string[] Codes { get; }

    protected override void Check(string input)
    {
        try
        {
            Read(input);
        }
        catch (MigrationException refusal)
        {
            Assert.Contains(refusal.Code, Codes);
            // All that a crash would print: the messages of the causes, too.
            Assert.DoesNotContain(Secret, refusal.ToString());
        }
    }
}
