using System.Text;

namespace Cmcd.Repro.Results;

/// <summary>Files of results/: texts in UTF-8 without byte order mark; replaced whole or not at all.</summary>
internal static class ResultFile
{
    /// <summary>Refuses bytes that are not UTF-8 instead of guessing.</summary>
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static void Replace(string path, string text) => Replace(path, Encoding.GetBytes(text));

    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static void Replace(string path, byte[] content) => Guard(path, () =>
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (var stream = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + ".tmp", path, overwrite: true);
        return true;
    });

    /// <summary>What the disk refuses becomes a message the user can act on.</summary>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReproException($"{path} cannot be used: {fault.Message} Check the folder's rights and free space, then start again.", fault);
        }
    }
}
