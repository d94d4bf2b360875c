namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG1xxx: configuration.</content>
internal static partial class Errors
{
    private const string ImportFiles = "dotnet build -t:MigrateImport -p:MigrateImportFiles=true";

    /// <summary>MIG1003: no adapter has that name.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="folders">The folders that could have been named instead.</param>
    public static MigrationException UnknownDatabase(string name, IEnumerable<string> known, IEnumerable<string>? folders = null) =>
        Error("MIG1003", $"'{PlainText.Of(name)}' is not a database that MigrationTasks knows.{Suggestion(name, known.Concat(folders ?? []))} Use one of: {string.Join(", ", known)}{(folders is null ? "" : $"; or the path of a folder: {PlainText.Of(string.Join(", ", folders))}")}.");

    /// <summary>MIG1004: a declared migrations folder does not exist.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="similar">The path of a folder that is there and has nearly its name, if there is one.</param>
    public static MigrationException FolderMissing(string path, string? similar = null) =>
        Error("MIG1004", $"The migrations folder does not exist.{(similar is null ? "" : $" There is a folder {PlainText.Of(similar)}.")} Create it, or correct the MigrationsFolder item.", new SourceLocation(path));

    /// <summary>MIG1005: the project has no migrations folder at all.</summary>
    /// <param name="projectDirectory">The project's folder.</param>
    /// <param name="known">The folder names that would be found.</param>
    /// <param name="similar">The name of a folder that is there and has nearly the right name, if there is one.</param>
    /// <param name="meant">The right name.</param>
    public static MigrationException NoFolder(string projectDirectory, IEnumerable<string> known, string? similar = null, string meant = "migrations") =>
        Error("MIG1005", $"There is no migrations folder.{(similar is null ? "" : $" There is a folder {PlainText.Of(similar)}, but the name is {PlainText.Of(meant)}.")} Put migrations into migrations/<database>/ (one of: {string.Join(", ", known)}), or declare <MigrationsFolder Include=\"…\" Database=\"…\" />. To write them from the files of another tool: {ImportFiles}", new SourceLocation(projectDirectory));

    /// <summary>MIG1006: neither the environment nor a <c>.env</c> file has the connection variable.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="database">The database it is for.</param>
    /// <param name="form">What its value looks like.</param>
    /// <param name="envFile">The <c>.env</c> file that was read, if there was one.</param>
    /// <param name="search">Where it was looked for, and what may be meant instead: sentences.</param>
    public static MigrationException ConnectionMissing(string variable, string database, string form, string? envFile, string search = "") =>
        Error("MIG1006", $"The connection of the {database} database is not set.{(search.Length == 0 ? "" : " ")}{PlainText.Of(search)} Set the environment variable {PlainText.Of(variable)}, or write it into {(envFile is null ? "a .env file beside the project" : PlainText.Of(envFile))}: {PlainText.Of(variable)}={form} (in a shell, between single quotes)");

    /// <summary>MIG1007: the connection variable does not hold what the database's connections look like.</summary>
    /// <param name="variable">The variable's name; its value is never shown.</param>
    /// <param name="problem">What is wrong with it, without any part that could be secret.</param>
    /// <param name="form">What the value looks like.</param>
    public static MigrationException ConnectionMalformed(string variable, string problem, string form) =>
        Error("MIG1007", $"The connection in {PlainText.Of(variable)} cannot be used: {problem} Expected form: {form}");

    /// <summary>MIG1008: the file named by <c>MigrateEnvFile</c> does not exist.</summary>
    /// <param name="path">Its full path.</param>
    public static MigrationException EnvFileMissing(string path) =>
        Error("MIG1008", "The file named by MigrateEnvFile does not exist.", new SourceLocation(path));

    /// <summary>MIG1009: a line of a <c>.env</c> file that is needed is malformed.</summary>
    /// <param name="location">The file, and the line.</param>
    /// <param name="problem">What is wrong with it: a sentence that shows nothing of the value.</param>
    public static MigrationException EnvFileMalformed(SourceLocation location, string problem = "This line is not of the form NAME=value.") =>
        Error("MIG1009", $"{PlainText.Of(problem)} Put a value with blanks, quotation marks, # or $ between single quotes: it is then taken as it is.", location);

    /// <summary>MIG1009: the system does not let a <c>.env</c> file be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system said.</param>
    public static MigrationException EnvFileUnreadable(string path, Exception cause) =>
        Error("MIG1009", $"The file cannot be read: {PlainText.Of(cause.Message)}", new SourceLocation(path), cause);

    /// <summary>MIG1010: a property has a value that it cannot have.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expected">What it may be.</param>
    /// <param name="choices">The values there are, where they can be counted.</param>
    public static MigrationException InvalidOption(string property, string value, string expected, IEnumerable<string>? choices = null) =>
        Error("MIG1010", $"{property} is '{PlainText.Of(value)}', but must be {expected}.{Suggestion(value, choices ?? [])}");

    /// <summary>MIG1011: the name of the history table cannot be one.</summary>
    /// <param name="name">The name that was given.</param>
    public static MigrationException InvalidHistoryTable(string name) =>
        Error("MIG1011", $"HistoryTable is '{PlainText.Of(name)}', but must be a table name, or schema.table.");

    /// <summary>MIG1012: a Supabase connection whose parts do not fit together.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="problem">Which part is wrong, and what it should be.</param>
    public static MigrationException SupabaseConnection(string variable, string problem) =>
        Error("MIG1012", $"The Supabase connection in {PlainText.Of(variable)} cannot be used: {problem}");

    /// <summary>MIG1013: the report file cannot be written.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="problem">Why.</param>
    /// <param name="cause">What writing it threw, if anything.</param>
    public static MigrationException ReportFile(string path, string problem, Exception? cause = null) =>
        Error("MIG1013", $"The report cannot be written: {PlainText.Of(problem)}", new SourceLocation(path), cause);

    /// <summary>MIG1014 (warning): a folder of migrations whose name is no database.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="known">The names there are.</param>
    public static Diagnostic UnclaimedFolder(string path, IEnumerable<string> known) =>
        Warning("MIG1014", $"This folder holds migrations, but its name is no database, so they are not run.{Suggestion(Path.GetFileName(path), known)} Rename it to one of: {string.Join(", ", known)}; or declare it as a MigrationsFolder with its Database.", new SourceLocation(path));

    /// <summary>MIG1015: <c>MigrateDatabase</c> names a database that the project has no folder for.</summary>
    /// <param name="database">The database that was asked for.</param>
    /// <param name="present">The databases that the project has.</param>
    public static MigrationException DatabaseNotInProject(string database, IEnumerable<string> present) =>
        Error("MIG1015", $"MigrateDatabase is '{PlainText.Of(database)}', but this project has migrations for: {string.Join(", ", present)}.");

    /// <summary>MIG1016 (warning): the summary of the pipeline cannot be written.</summary>
    /// <param name="problem">What the system said.</param>
    public static Diagnostic PipelineSummary(string problem) =>
        Warning("MIG1016", $"The pipeline's summary cannot be written: {PlainText.Of(problem)} The migrations are not affected.");

    /// <summary>MIG1017: a placeholder is declared twice.</summary>
    /// <param name="name">Its name; its values are never shown.</param>
    public static Diagnostic PlaceholderTwice(string name) =>
        Problem("MIG1017", $"The placeholder {PlainText.Of(name)} is declared more than once. Remove one; to change one that is declared elsewhere, write <MigrationPlaceholder Update=\"{PlainText.Of(name)}\" Value=\"…\" />.");

    /// <summary>MIG1018: a placeholder has a name that cannot be one.</summary>
    /// <param name="name">The name that was given.</param>
    public static Diagnostic PlaceholderName(string name) =>
        Problem("MIG1018", $"'{PlainText.Of(name)}' cannot be the name of a placeholder: it starts with a letter or _, followed by letters, digits, _, - and dots. For ${{schema}} in a migration, write <MigrationPlaceholder Include=\"schema\" Value=\"…\" />.");

    /// <summary>MIG1019: two properties that exclude each other are both set.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    public static MigrationException OptionsExclude(string first, string second) =>
        Error("MIG1019", $"{first} and {second} are both set, and ask for different things. Set one of them; -p:{second}= empties one that the project sets.");

    /// <summary>MIG1020: a command needs a property that is not set.</summary>
    /// <param name="command">The command's target.</param>
    /// <param name="property">The property.</param>
    /// <param name="example">What it looks like on the command line, such as <c>-p:Name=add_users</c>.</param>
    public static MigrationException OptionMissing(string command, string property, string example) =>
        Error("MIG1020", $"{command} needs {property}, and does not guess it: dotnet build -t:{command} {example}");

    /// <summary>MIG1021: a command works on one folder, and the project has none or several that it may mean.</summary>
    /// <param name="command">The command's target.</param>
    /// <param name="folders">The folders, as <c>MigrateDatabase</c> can name them; none when the project has none.</param>
    /// <param name="known">The databases that there are.</param>
    public static MigrationException ChooseFolder(string command, IReadOnlyCollection<string> folders, IEnumerable<string> known) =>
        Error("MIG1021", folders.Count == 0
            ? $"This project has no migrations folder yet. Say which database it is for with -p:MigrateDatabase=… (one of: {string.Join(", ", known)})."
            : $"{command} works on one migrations folder, and this project has {folders.Count}. Choose with -p:MigrateDatabase=… one of: {PlainText.Of(string.Join(", ", folders))}.");

    /// <summary>MIG1022: the name of a new migration cannot be part of a file's name.</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static MigrationException InvalidMigrationName(string name, string problem) =>
        Error("MIG1022", $"'{PlainText.Of(name)}' cannot be the name of a migration: {problem} Give it words, such as -p:Name=add_users.");

    /// <summary>MIG1023: the file of a new migration cannot be created.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="cause">What the system said.</param>
    public static MigrationException MigrationNotCreated(string path, Exception cause) =>
        Error("MIG1023", $"The file cannot be created: {PlainText.Of(cause.Message)}", new SourceLocation(path), cause);

    /// <summary>MIG1024: the file of a dry run's script cannot be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    /// <param name="cause">What the system threw.</param>
    public static MigrationException ScriptFile(string path, string problem, Exception? cause = null) =>
        Error("MIG1024", $"The script cannot be written: {PlainText.Of(problem)}", new SourceLocation(path), cause);

    /// <summary>MIG1026: <c>MigrateRepairOnly</c> names a migration that there is not.</summary>
    /// <param name="name">The version or the name that was given.</param>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="known">The names that there are.</param>
    public static MigrationException NothingToRepair(string name, string folder, IEnumerable<string> known) =>
        Error("MIG1026", $"MigrateRepairOnly names {PlainText.Of(name)}, but neither this folder nor the history has such a migration.{Suggestion(name, known)} Give versions or names, separated by semicolons.", new SourceLocation(folder));

    /// <summary>MIG1027: the command line sets a property that there is not, with a name very much like one that there is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nearest">The property that is meant.</param>
    public static Diagnostic MisspeltProperty(string name, string nearest) =>
        Problem("MIG1027", $"The command line sets {PlainText.Of(name)}, which means nothing. Do you mean {nearest}? dotnet build -t:MigrateHelp lists all properties.");

    /// <summary>MIG1028 (warning): migrations lie where none are looked for, in a folder within a migrations folder or right in <c>migrations/</c>.</summary>
    /// <param name="path">The full path of the folder that they are in.</param>
    /// <param name="declarations">How this one is declared, and those with it that are not found any more then.</param>
    public static Diagnostic StrayMigrations(string path, string declarations) =>
        Warning("MIG1028", $"The migrations in this folder are not run: only those are that lie right in migrations/<database>/, or in a folder that is declared. Move them there, or give this one a history of its own, and declare every folder that is to run: {PlainText.Of(declarations)}", new SourceLocation(path));

    /// <summary>MIG1042: the command line sets a property whose name lacks the prefix of ours.</summary>
    /// <param name="name">The name.</param>
    /// <param name="meant">The property that is meant.</param>
    public static Diagnostic UnprefixedProperty(string name, string meant) =>
        Problem("MIG1042", $"The command line sets {PlainText.Of(name)}, which means nothing to MigrationTasks or in the files of this project. Do you mean {meant}? If it is for something else, set it as an environment variable.");

    /// <summary>MIG1054: a connection is given as a property.</summary>
    /// <param name="variable">The variable that should hold it.</param>
    public static MigrationException ConnectionAsProperty(string variable) =>
        Error("MIG1054", $"The command line sets {PlainText.Of(variable)} as a property, which is not read: build logs record properties with their values. Set the environment variable instead, such as {PlainText.Of(variable)}='…' dotnet build, or write it into a .env file. Where such a log is kept, change the password.");

    /// <summary>MIG1054: a connection is given as the value of something else.</summary>
    /// <param name="property">The property.</param>
    public static MigrationException ConnectionAsValue(string property) =>
        Error("MIG1054", $"{PlainText.Of(property)} holds a connection, which is not read there, and is not shown. Set the variable of the database instead, such as DATABASE_URL, or write it into a .env file. Where the command is logged, change the password.");

    /// <summary>MIG1043 (warning): the command line sets a property that the command does not use.</summary>
    /// <param name="name">The property.</param>
    /// <param name="targets">The targets that use it.</param>
    public static Diagnostic UnusedProperty(string name, IEnumerable<string> targets) =>
        Warning("MIG1043", $"The command line sets {name}, which this target does not use. These do: {string.Join(", ", targets)}.");

    /// <summary>MIG1044 (warning): a folder that would be found is not, because the project declares others.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="declaration">How it is declared.</param>
    public static Diagnostic UndeclaredFolder(string path, string declaration) =>
        Warning("MIG1044", $"The migrations in this folder are not run, because the project declares other folders: migrations/<database>/ is found by itself only where none is declared. Declare this one too: {PlainText.Of(declaration)}; or silence this with <NoWarn>$(NoWarn);MIG1044</NoWarn>.", new SourceLocation(path));

    /// <summary>MIG1044 (warning): the folder of a database's own tool is not run, because the project has other migrations.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="declaration">How it is declared, with those that are found by themselves.</param>
    public static Diagnostic ToolFolder(string path, string declaration) =>
        Warning("MIG1044", $"The migrations in this folder are not run, because the project has other folders of migrations: it is found by itself only where there is none. Declare it too: {PlainText.Of(declaration)}; or silence this with <NoWarn>$(NoWarn);MIG1044</NoWarn>.", new SourceLocation(path));

    /// <summary>MIG1045: the folder of migrations is there, but its name is spelt otherwise.</summary>
    /// <param name="path">Its full path.</param>
    public static MigrationException MisnamedFolder(string path) =>
        Error("MIG1045", $"This folder holds migrations, but it is not found because its name is not migrations, in small letters. Rename it, or declare each folder in it: <MigrationsFolder Include=\"{PlainText.Of(Path.GetFileName(path))}/…\" />.", new SourceLocation(path));

    /// <summary>MIG1046: the file in which a folder without a project declares what a project file would, cannot be used.</summary>
    /// <param name="location">The file, and the place in it.</param>
    /// <param name="problem">What is wrong: the rest of a sentence about the file.</param>
    /// <param name="cause">What the system threw.</param>
    public static MigrationException Declarations(SourceLocation location, string problem, Exception? cause = null) =>
        Error("MIG1046", $"This file {PlainText.Of(problem)}. Nothing was run.", location, cause);

    /// <summary>MIG1047: the command line of a program cannot be understood.</summary>
    /// <param name="problem">What is wrong, what is meant, and what to do, without what may be a secret.</param>
    public static Diagnostic Usage(string problem) => Problem("MIG1047", problem);

    /// <summary>MIG1048: the folder that a program is to work in is not there.</summary>
    /// <param name="path">Its full path.</param>
    public static MigrationException NoSuchFolder(string path) =>
        Error("MIG1048", "There is no such folder. Name the one that migrations/ is in.", new SourceLocation(path));

    /// <summary>MIG1049: the file that a variable names for a connection cannot be used.</summary>
    /// <param name="variable">The variable, such as <c>DATABASE_URL_FILE</c>.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="problem">What is wrong: the rest of a sentence about the file.</param>
    /// <param name="cause">What the system threw.</param>
    public static MigrationException SecretFile(string variable, string path, string problem, Exception? cause = null) =>
        Error("MIG1049", $"The file that {PlainText.Of(variable)} names {problem}. It must hold the connection, in one line and nothing else.", new SourceLocation(path), cause);

    /// <summary>MIG1030: a folder that was found in <c>migrations/</c> lies outside of the project.</summary>
    /// <param name="path">The folder as it was found.</param>
    public static MigrationException FolderLeadsOut(string path) =>
        Error("MIG1030", "A symbolic link leads from here out of the project, and is not followed. If the folder is meant, declare it: <MigrationsFolder Include=\"…\" Database=\"…\" />.", new SourceLocation(path));

    /// <summary>MIG1036: a value of a <c>.env</c> file refers to a variable that is set nowhere.</summary>
    /// <param name="location">The file, and the line.</param>
    /// <param name="variable">The variable whose value it is.</param>
    /// <param name="reference">The variable that it refers to; <see langword="null"/> when that may be a piece of a password.</param>
    /// <param name="isBelow">Whether the file sets it, but only below.</param>
    public static MigrationException EnvReferenceUnknown(SourceLocation location, string variable, string? reference, bool isBelow) =>
        Error("MIG1036", (reference, isBelow) switch
        {
            (null, false) => $"The value of {PlainText.Of(variable)} holds a $ and a name that is set neither above it nor in the environment. If the $ is meant as it is, write $$, or put the whole value between single quotes.",
            (_, true) => $"The value of {PlainText.Of(variable)} refers to {(reference is null ? "a variable" : PlainText.Of(reference))} that is set only further down. Move that line up.",
            _ => $"The value of {PlainText.Of(variable)} refers to {PlainText.Of(reference)}, which is set neither above it nor in the environment. Set it, or give it a default: ${{{PlainText.Of(reference)}:-…}}. If the $ is meant as it is, write $$, or put the whole value between single quotes.",
        }, location);

    /// <summary>MIG1037 (warning): the environment has another value than the file that <c>MigrateEnvFile</c> names.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="envFile">The file.</param>
    public static Diagnostic EnvFileOverridden(string variable, string envFile) =>
        Warning("MIG1037", $"The environment sets {PlainText.Of(variable)}, which goes before the other value of this file. To use the file's, unset the variable, or set it to nothing for this command: {PlainText.Of(variable)}= dotnet build …", new SourceLocation(envFile));

    /// <summary>MIG1038: neither a folder's name nor its connection says which database it is for.</summary>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="variable">The variable of its connection.</param>
    /// <param name="problem">Why the connection says nothing: a sentence.</param>
    /// <param name="known">The names there are.</param>
    public static MigrationException DatabaseUnknown(string folder, string variable, string problem, IEnumerable<string> known) =>
        Error("MIG1038", $"Which database this folder is for is said neither by its name nor by {PlainText.Of(variable)}: {PlainText.Of(problem)} Say it in the project file, with Database=\"…\" at the MigrationsFolder item; it is one of: {string.Join(", ", known)}.", new SourceLocation(folder));

    /// <summary>MIG1050: a folder must be declared with another history table, and that cannot be written by a program.</summary>
    /// <param name="file">Where it would be written; the project's file when it is not known where.</param>
    /// <param name="reason">Why it cannot be: a sentence.</param>
    /// <param name="declaration">What is to be written.</param>
    public static MigrationException CannotDeclare(string file, string reason, string declaration) =>
        Error("MIG1050", $"The history table of this project would have the name of another tool's, so it needs a name of its own. {PlainText.Of(reason)} Nothing was changed. Write it yourself, and run again: {PlainText.Of(declaration)}", new SourceLocation(file));

    /// <summary>MIG1051: the files of another tool, from which ours shall be written, are not found.</summary>
    /// <param name="folder">Where they were looked for.</param>
    /// <param name="problem">What there is instead: a sentence.</param>
    public static MigrationException NoForeignFiles(string folder, string problem) =>
        Error("MIG1051", $"There are no files of another tool that migrations could be written from: {PlainText.Of(problem)}", new SourceLocation(folder));

    /// <summary>MIG1051: there are several folders with files of another tool.</summary>
    /// <param name="project">Where they were looked for.</param>
    /// <param name="folders">The folders, from there, and whose files are in each.</param>
    public static MigrationException SeveralForeignFolders(string project, IReadOnlyList<(string Path, string Tool)> folders) =>
        Error("MIG1051", $"Several folders have files of another tool: {PlainText.Of(string.Join(", ", folders.Select(folder => $"{folder.Path} of {folder.Tool}")))}. Nothing was written. Choose one of them: -p:MigrateImportFolder={PlainText.Of(folders[0].Path)}", new SourceLocation(project));

    /// <summary>MIG1052: files of another tool need a person.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="files">The files and why, at least one.</param>
    public static MigrationException NotConvertible(string folder, string tool, IReadOnlyList<string> files) =>
        Error("MIG1052", $"{(files.Count == 1 ? "A file" : $"{files.Count} files")} of {tool} cannot be converted automatically: {Several(files)}. Nothing was written. Convert them yourself, in the folder of the migrations, and run again.", new SourceLocation(folder));

    /// <summary>MIG1053: files that would be written are there, and are others.</summary>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="files">The files and why, at least one.</param>
    public static MigrationException FilesInTheWay(string folder, IReadOnlyList<string> files) =>
        Error("MIG1053", $"This folder has migrations where others would be written: {Several(files)}. Nothing was written. Where an earlier import wrote them and they were changed since, leave MigrateImportFiles out; else move them out of this folder, and run again.", new SourceLocation(folder));
}
