using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cmcd.Repro.Caching;

/// <summary>Files that are on disk when the call returns, whole or not at all.</summary>
internal static partial class DurableFile
{
    private const string TemporarySuffix = ".tmp";
    private const int InvalidArgument = 22;   // EINVAL: this file system cannot flush a folder

    /// <summary>Writes a temporary file beside the target, flushes it, renames it over the target and flushes the folder.</summary>
    /// <returns>The written bytes' SHA-256 and number.</returns>
    /// <remarks>Where the writing throws, the temporary file is removed and the target is as it was.</remarks>
    public static (string Sha256, long Bytes) Write(string path, Action<Stream> write)
    {
        string hash;
        long bytes;
        try
        {
            using var stream = new FileStream(path + TemporarySuffix, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
            write(stream);
            stream.Flush(flushToDisk: true);
            bytes = stream.Length;
            stream.Position = 0;
            hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch
        {
            File.Delete(path + TemporarySuffix);
            throw;
        }

        File.Move(path + TemporarySuffix, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
        return (hash, bytes);
    }

    public static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Flushes a file that something else has written.</summary>
    public static void Flush(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes renames in the folder survive a power cut. Windows journals them itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = OpenFolder(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException($"{folder}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var failed = FlushDescriptor(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument;
        var cause = Marshal.GetLastPInvokeErrorMessage();
        _ = CloseDescriptor(descriptor);
        if (failed)
        {
            throw new IOException($"{folder}: {cause}");
        }
    }

    /// <summary>Flushes everything written so far, which for many small files is far quicker than one by one. Windows has no such call.</summary>
    public static void FlushAll()
    {
        if (!OperatingSystem.IsWindows())
        {
            Synchronise();
        }
    }

    [LibraryImport("libc", EntryPoint = "sync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Synchronise();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseDescriptor(int descriptor);
}
