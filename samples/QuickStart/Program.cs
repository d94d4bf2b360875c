System.Console.WriteLine("Run 'dotnet build -t:Migrate' here, then look into quickstart.db.");
