using MigrationTasks.Profile;

if (args is not [var profile, var assemblies, var output, ..])
{
    Console.Error.WriteLine("Usage: PROFILE FOLDER_OF_ASSEMBLIES OUTPUT [FOLDER_OF_REFERENCES]…");
    return 2;
}

using var library = new TypeLibrary(assemblies, args[3..]);
ProfileImage.Write(new MethodFinder(library).Find(StartupProfile.Read(profile)), library, output);
return 0;
