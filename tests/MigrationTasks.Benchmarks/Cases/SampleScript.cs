using System.Globalization;
using System.Text;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>Long scripts to split.</summary>
internal static class SampleScript
{
    /// <summary>Statements of a hundred characters each, their line end included.</summary>
    public static void WriteStatements(string file, long length) => Write(file, length, (text, number) =>
    {
        var values = string.Create(CultureInfo.InvariantCulture, $"INSERT INTO orders (id, customer, note) VALUES ({number}, {number % 1000}, '");
        text.Append(values).Append('x', 100 - values.Length - 4).Append("');\n");
    });

    /// <summary>What a dump looks like: tables with comments, functions in dollar quotes, and inserts of many rows with quoted text.</summary>
    public static void WriteDump(string file, long length) => Write(file, length, (text, number) =>
    {
        text.Append(CultureInfo.InvariantCulture, $"""
            --
            -- Name: table_{number}; Type: TABLE; Schema: public; Owner: app
            --

            CREATE TABLE public.table_{number} (
                id bigint NOT NULL,
                name character varying(200) DEFAULT 'it''s; new'::character varying,
                "order" integer CHECK (("order" >= 0)),
                created_at timestamp with time zone DEFAULT now() NOT NULL
            );

            CREATE FUNCTION public.touch_{number}() RETURNS trigger LANGUAGE plpgsql AS $_$
            BEGIN
                IF NEW.name <> OLD.name THEN /* changed */ NEW.created_at := now(); END IF;
                RETURN NEW;
            END;
            $_$;

            INSERT INTO public.table_{number} VALUES

            """);
        for (var row = 1; row <= 40; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t({row}, 'O''Reilly; row {row} -- of table {number}', {row % 7}, '2026-01-01 00:00:{row:00}+00')").Append(row < 40 ? ",\n" : ";\n\n");
        }
    });

    /// <summary>One table, and inserts of a hundred rows each.</summary>
    public static void WriteRows(string file, long length) => Write(file, length, (text, number) =>
    {
        text.Append(number == 1 ? "CREATE TABLE orders (id bigint, customer integer, note text);\n" : "").Append("INSERT INTO orders VALUES\n");
        for (var row = 1; row <= 100; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"({number * 100L + row}, {row % 7}, 'A note of some length, so that a row has about a hundred characters in all; {row}')").Append(row < 100 ? ",\n" : ";\n");
        }
    });

    private static void Write(string file, long length, Action<StringBuilder, int> append)
    {
        using var writer = new StreamWriter(file);
        var text = new StringBuilder();
        var written = 0L;
        for (var number = 1; written < length; number++)
        {
            append(text.Clear(), number);
            writer.Write(text);
            written += text.Length;
        }
    }
}
