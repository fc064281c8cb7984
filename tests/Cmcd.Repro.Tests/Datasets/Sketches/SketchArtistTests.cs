using System.Security.Cryptography;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Sketches;

namespace Cmcd.Repro.Tests.Datasets.Sketches;

public class SketchArtistTests
{
    private const int Pixels = SketchArtist.Side * SketchArtist.Side;

    private readonly byte[] _photos = new FashionSketch(new PackFolder(DataFolder.Committed), new SketchStyle()).PhotosOf("train", 20);
    private readonly SketchArtist _artist = new(new SketchStyle());

    [Fact]
    public void Any_number_of_threads_draws_the_same_bits() =>
        Assert.Equal(_artist.DrawAll(_photos, 0, 2, threads: 1), _artist.DrawAll(_photos, 0, 2, threads: 7));

    /// <summary>Guards the dataset hashes: other sketches without another version would meet stored results of the old ones.</summary>
    [Fact]
    public void Sketches_of_this_version_are_pinned()
    {
        var sketches = Convert.ToHexStringLower(SHA256.HashData(_artist.DrawAll(_photos[..(8 * Pixels)], 100_000, 4)));

        Assert.True((SketchArtist.ArtistVersion, sketches) == (1, "c2f838fca66d61c6314b13f63285e9e5260409a39e0df4210987d213de101f39"),
            $"Artist version {SketchArtist.ArtistVersion} draws {sketches}: if that is meant, raise ArtistVersion (a change of SketchStyle alone needs no raise) and pin both here.");
    }

    [Fact]
    public void Sketches_of_one_photo_differ_and_so_do_those_of_equal_photos_with_other_ids()
    {
        var twice = _photos[..Pixels].Concat(_photos[..Pixels]).ToArray();
        var sketches = _artist.DrawAll(twice, 0, 4).Chunk(Pixels).ToArray();

        Assert.Equal(8, sketches.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(sketches[1..], sketch => Assert.True(sketch.Zip(sketches[0]).Count(pixel => Math.Abs(pixel.First - pixel.Second) > 64) > 50));
    }

    [Fact]
    public void Sketch_does_not_depend_on_the_photos_beside_it() =>
        Assert.Equal(_artist.DrawAll(_photos, 5, 2)[(6 * Pixels)..(8 * Pixels)], _artist.DrawAll(_photos[(3 * Pixels)..(4 * Pixels)], 8, 2));

    [Fact]
    public void Every_sketch_is_white_with_some_black_ink() =>
        Assert.All(_artist.DrawAll(_photos, 0, 4).Chunk(Pixels), sketch =>
        {
            Assert.True(sketch.Count(value => value == 255) > Pixels / 2);
            Assert.InRange(sketch.Count(value => value < 128), 20, Pixels / 3);
        });

    [Fact]
    public void Black_photo_gives_white_paper() => Assert.All(_artist.DrawAll(new byte[Pixels], 0, 1), value => Assert.Equal(255, value));

    [Fact]
    public void Style_is_obeyed()
    {
        var forgetful = new SketchArtist(new SketchStyle { Forgotten = 1 });

        Assert.All(forgetful.DrawAll(_photos, 0, 1), value => Assert.Equal(255, value));
    }

    [Fact]
    public void Part_of_a_photo_is_refused() => Assert.Throws<ArgumentException>(() => _artist.DrawAll(new byte[1000], 0, 1));
}
