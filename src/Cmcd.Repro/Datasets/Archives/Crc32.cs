namespace Cmcd.Repro.Datasets.Archives;

/// <summary>CRC-32 as zip, 7z and gzip use it: reflected polynomial 0xEDB88320, initial and final xor 0xFFFFFFFF.</summary>
internal struct Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (crc, _) => (crc >> 1) ^ (0xEDB88320u & (0 - (crc & 1)))))];

    private uint _state;

    public readonly uint Value => _state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~_state;
        foreach (var each in bytes) crc = Table[(byte)(crc ^ each)] ^ (crc >> 8);
        _state = ~crc;
    }
}
