namespace Cmcd.Repro.Caching;

/// <summary>Re-reads a stored output and compares every byte with what its record says.</summary>
internal static class StoredOutput
{
    /// <returns>The record when all is as stored; else null with the first fault found.</returns>
    public static StageRecord? Check(StagePlace place, out string? fault)
    {
        try
        {
            var record = StageRecord.Read(Path.Combine(place.Output, StagePlace.RecordName));
            fault = record.Hash == place.Key.Hash ? FirstFault(place.Output, record) : $"{StagePlace.RecordName} belongs to key {record.Hash}";
            return fault is null ? record : null;
        }
        catch (FileNotFoundException missing)
        {
            fault = $"{Path.GetFileName(missing.FileName)} is missing";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            fault = unreadable.Message;
        }

        return null;
    }

    private static string? FirstFault(string folder, StageRecord record)
    {
        var expected = record.Outputs.Select(file => file.Name).Append(StagePlace.RecordName).ToHashSet(StringComparer.Ordinal);
        var surplus = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => !expected.Contains(name));
        if (surplus is not null)
        {
            return $"{surplus} does not belong to this output";
        }

        foreach (var file in record.Outputs)
        {
            var path = Path.Combine(folder, file.Name);
            var bytes = new FileInfo(path).Length;
            if (bytes != file.Bytes)
            {
                return $"{file.Name} is {bytes} bytes, recorded {file.Bytes}";
            }

            var hash = DurableFile.Sha256(path);
            if (hash != file.Sha256)
            {
                return $"{file.Name} has SHA-256 {hash[..12]}…, recorded {file.Sha256[..12]}…";
            }
        }

        return null;
    }
}
