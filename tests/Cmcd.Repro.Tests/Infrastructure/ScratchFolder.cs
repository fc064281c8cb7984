namespace Cmcd.Repro.Tests.Infrastructure;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cmcd-test-").FullName;

    /// <summary>Makes a folder in it, if it is not there.</summary>
    public string Create(string name) => Directory.CreateDirectory(File(name)).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
