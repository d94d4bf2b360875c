using System.Globalization;
using CsCheck;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Fuzzing.Tests;

/// <summary>
/// What holds for a parser whatever it is given: it reads the input or refuses it with a coded error, with work in
/// proportion to the input. A parser joins with one class that says what its language is made of.
/// </summary>
public abstract class FuzzContract
{
    private const int ShortRun = 1_000;

    public TestContext TestContext { get; set; } = null!;

    /// <summary>The parser's name: that of its folder of the corpus.</summary>
    internal string Name => GetType().Name[..^"Fuzz".Length];

    /// <summary>What its language is made of: inputs are strung together from these, and bent by them.</summary>
    protected abstract IEnumerable<string> Fragments { get; }

    /// <summary>What may be hard to read when there is much of it: texts of about so many characters.</summary>
    protected abstract IEnumerable<Growth> Growths { get; }

    /// <summary>How many seconds a long run tries inputs; <see langword="null"/> for a short one.</summary>
    private static int? Seconds =>
        int.TryParse(Environment.GetEnvironmentVariable("MIGRATIONTASKS_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    [TestMethod]
    public void Every_input_of_the_corpus_is_read_or_refused()
    {
        var inputs = Corpus.Read(Name);
        Assert.IsNotEmpty(inputs, $"There is no input for {Name} in the corpus.");
        foreach (var (file, input) in inputs)
        {
            try
            {
                Check(input);
            }
            catch (Exception problem)
            {
                throw new AssertFailedException($"{file}: {problem.Message}", problem);
            }
        }
    }

    [TestMethod]
    public void Any_input_is_read_or_refused()
    {
        using var watchdog = new Watchdog(Name);
        Inputs.From([.. Fragments], [.. Corpus.Read(Name).Select(entry => entry.Input)]).Sample(
            input => watchdog.Watch(input, Check),
            TestContext.WriteLine,
            iter: ShortRun,
            time: Seconds ?? -1,
            threads: 1,
            print: input => Corpus.Keep(Name, input));
    }

    [TestMethod]
    public void The_work_grows_with_the_input_and_not_with_its_square()
    {
        // What is read without end, or in steps that are many times too many, ends the process with its input.
        using var watchdog = new Watchdog(Name);
        var work = new AllocationScale(input => watchdog.Watch(input, TryRead));
        var steep = Growths.Select(work.Measure).Where(result => !result.IsLinear).ToList();
        Assert.IsEmpty(steep, string.Join('\n', steep));
        if (Seconds is not null)
        {
            MeasureTime();
        }
    }

    // For people to look at: what a machine that others use takes is no matter of a test.
    private void MeasureTime()
    {
        var scale = new Scale(TryRead);
        var results = Growths.Select(scale.Measure).ToList();
        GrowthTable.Add(Name, results);
        TestContext.WriteLine(string.Join('\n', results));
    }

    /// <summary>Reads an input to its end.</summary>
    /// <exception cref="MigrationException">It is refused.</exception>
    protected abstract void Read(string input);

    /// <summary>Reads an input and sees that all is well; what is thrown is a failure.</summary>
    protected virtual void Check(string input) => TryRead(input);

    private void TryRead(string input)
    {
        try
        {
            Read(input);
        }
        catch (MigrationException)
        {
            // Refused, and says why.
        }
    }
}
