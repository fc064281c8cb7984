using Cmcd.Repro.Datasets;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

public sealed class PackedItemsTests : IDisposable
{
    private const int Count = 300, Length = 12;
    private static readonly string Hash = ContentHash.Of("packed items");

    private readonly ScratchFolder _folder = new();
    private readonly List<int> _decoded = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Items_come_back_and_are_decoded_once()
    {
        using (var made = Open()) AssertWhole(made);
        Assert.Equal(Enumerable.Range(0, Count), _decoded.Order());
        using var again = Open();

        AssertWhole(again);
        Assert.Equal(Count, _decoded.Count);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_making_that_stopped_goes_on_behind_its_last_whole_block()
    {
        Assert.ThrowsAny<Exception>(() => Open(stopAt: 200));
        _decoded.Clear();
        using var made = Open();

        AssertWhole(made);
        Assert.Equal(Enumerable.Range(128, Count - 128), _decoded.Order());
    }

    [Fact]
    public void A_making_cut_in_the_middle_of_a_write_decodes_that_item_again()
    {
        Assert.ThrowsAny<Exception>(() => Open(stopAt: 200));
        var part = Directory.GetFiles(_folder.Path, "*.part").Single();
        using (var file = File.OpenWrite(part)) file.SetLength(file.Length - 5);
        using var made = Open();

        AssertWhole(made);
    }

    [Fact]
    public void What_the_decoder_refuses_is_told_as_it_was_said()
    {
        var said = Assert.Throws<DatasetUnavailableException>(() => PackedItems.Open(
            _folder.Path, "things", Hash, Count, Length, item => item > 200 ? throw new DatasetUnavailableException("The file is cut off.") : Item(item))).Message;

        Assert.Equal("The file is cut off.", said);
    }

    [Fact]
    public void A_changed_byte_is_told_with_the_item_and_what_to_do()
    {
        Open().Dispose();
        var path = Directory.GetFiles(_folder.Path).Single();
        var bytes = File.ReadAllBytes(path);
        bytes[(7 * Length) + 3] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var items = Open();

        var said = Assert.Throws<DatasetUnavailableException>(() => items.Read(7, new byte[Length])).Message;
        Assert.Contains("item 7", said, StringComparison.Ordinal);
        Assert.Contains("Delete the file", said, StringComparison.Ordinal);
        items.Read(8, new byte[Length]);
    }

    [Fact]
    public void Images_are_read_by_their_positions_in_the_file()
    {
        var images = new PackedImages(new(() => Open()), [5, 250, 17], height: 2, width: 2, background: 0, channels: 3);
        using var read = images.Read([2, 0]);

        Assert.Equal([2L, 3, 2, 2], read.shape);
        Assert.Equal([.. Item(17)!, .. Item(5)!], read.bytes.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Read([3]));
    }

    private static byte[]? Item(int item) => item % 50 == 49 ? null : [.. Enumerable.Range(0, Length).Select(place => (byte)(item * 31 + place))];

    private static void AssertWhole(PackedItems items)
    {
        var bytes = new byte[Length];
        for (var item = 0; item < Count; item++)
        {
            items.Read(item, bytes);
            Assert.Equal(Item(item) ?? new byte[Length], bytes);
            Assert.Equal(Item(item) is not null, items.IsPresent(item));
        }
    }

    private PackedItems Open(int stopAt = int.MaxValue) => PackedItems.Open(_folder.Path, "things", Hash, Count, Length, item =>
    {
        if (item >= stopAt) throw new OperationCanceledException();
        lock (_decoded) _decoded.Add(item);
        return Item(item);
    });
}
