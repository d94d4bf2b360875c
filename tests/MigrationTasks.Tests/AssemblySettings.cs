// MSBuild allows one build at a time in a process, and summaries are steered by the process's environment.
[assembly: DoNotParallelize]
