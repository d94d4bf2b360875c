using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>A dialect whose scripts are read word by word, also where the words do not matter and may be passed over.</summary>
internal sealed class WatchfulDialect(SqlDialect dialect) : SqlDialect
{
    protected internal override string ClientProgram => dialect.ClientProgram;

    protected internal override SqlLexicon Lexicon => dialect.Lexicon;

    protected override IReadOnlySet<string> SummaryKeywords { get; } = new HashSet<string>();

    protected internal override StatementKind Classify(SqlTokens statement) => dialect.Classify(statement);

    protected internal override BlockTracker CreateBlockTracker() => new Watchful(dialect.CreateBlockTracker());

    protected internal override bool IsClientCommand(ReadOnlySpan<char> text, bool startsStatement) => dialect.IsClientCommand(text, startsStatement);

    protected internal override bool IsCommandWord(ReadOnlySpan<char> word) => dialect.IsCommandWord(word);

    protected internal override bool IsHarmlessCommand(ReadOnlySpan<char> line) => dialect.IsHarmlessCommand(line);

    protected internal override CopyFormat? FindCopyFormat(string text) => dialect.FindCopyFormat(text);

    private sealed class Watchful(BlockTracker tracker) : BlockTracker
    {
        public override bool IsOpen => tracker.IsOpen;

        public override string Construct => tracker.Construct;

        public override string Closing => tracker.Closing;

        public override void Start()
        {
            WatchesWords = true;
            tracker.Lexicon = Lexicon;
            tracker.Start();
        }

        public override void Word(ReadOnlySpan<char> text, int start, int length, int parentheses)
        {
            if (tracker.WatchesWords)
            {
                tracker.Word(text, start, length, parentheses);
                OpenedAt = tracker.OpenedAt;
            }
        }

        public override void Semicolon() => tracker.Semicolon();
    }
}
