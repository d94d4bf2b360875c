// What a parser costs is measured by the processor time of this process.
[assembly: DoNotParallelize]
