using System.Buffers.Binary;
using System.Globalization;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Clips;
using Cmcd.Repro.Datasets.Sounds;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Clips;

public sealed class ClipDecoderTests : IDisposable
{
    private const int Side = 48, Frame = 3 * Side * Side;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FfmpegFact]
    public void Frames_are_those_on_screen_at_the_centres_of_twelve_segments()
    {
        var decoder = new ClipDecoder(Side);
        foreach (var (rate, perSecond) in new[] { ("10", 10.0), ("12", 12.0), ("30000/1001", 30000 / 1001.0) })      // at 12 a second frames begin at the centres
        {
            var film = Counted(rate, seconds: 10);
            var expected = Enumerable.Range(0, 12).Select(i => (int)Math.Floor(((i + 0.5) * 10 / 12 * perSecond) + 1e-9) % 200);
            Assert.Equal(expected, Numbers(decoder.DecodeFrames(film).Value!));
        }
    }

    [FfmpegFact]
    public void A_short_film_ends_with_its_last_frame_and_one_below_half_is_refused()
    {
        var decoder = new ClipDecoder(Side);
        Assert.Equal([4, 12, 20, 29, 37, 45, 54, 62, 62, 62, 62, 62], Numbers(decoder.DecodeFrames(Counted("10", seconds: 6.5)).Value!));
        var refused = decoder.DecodeFrames(Counted("10", seconds: 4));
        Assert.Equal((null, ClipFault.TooShort, "5 of 12 frames"), (refused.Value, refused.Fault, refused.Detail));
        Assert.Equal([4, 12, 20, 29, 37, 45, 54, 62, 70, 79, 87, 95], Numbers(decoder.DecodeFrames(Counted("10", seconds: 13)).Value!));
    }

    [FfmpegFact]
    public void The_shorter_side_fits_and_the_middle_is_kept_in_red_green_blue()
    {
        // Sixteen columns of red, ninety-six of yellowish green, sixteen of blue, twice as large as the frame and wider than high.
        var film = _folder.File("bands.mp4");
        Ffmpeg.Run(
            "-f", "lavfi", "-i", "color=c=0x40C000:s=128x96:r=5:d=10,drawbox=x=0:w=16:h=96:c=red:t=fill,drawbox=x=112:w=16:h=96:c=blue:t=fill",
            "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv444p", film);
        var frames = new ClipDecoder(Side).DecodeFrames(film).Value!;

        Assert.Equal(12 * Frame, frames.Length);
        foreach (var (channel, value) in new[] { (0, 0x40), (1, 0xC0), (2, 0x00) })
        {
            var plane = frames[(Frame + (channel * Side * Side))..][..(Side * Side)];
            for (var x = 2; x < Side - 2; x++) Assert.InRange(plane[(20 * Side) + x], value - 3, value + 3);
        }
    }

    [FfmpegFact]
    public void Sound_is_sixteen_bits_of_one_channel_repeated_to_ten_seconds()
    {
        var (wave, expected) = (Wave(), Samples());
        var packed = _folder.File("lossless.mp4");
        Ffmpeg.Run("-i", wave, "-c:a", "alac", packed);
        foreach (var clip in new[] { wave, packed })
        {
            var sound = new ClipDecoder(Side).DecodeSound(clip).Value!;
            Assert.Equal(160_000, sound.Length);
            for (var n = 0; n < sound.Length; n++) Assert.Equal(expected[n % expected.Length] / 32768.0, sound[n]);
        }
    }

    [FfmpegFact]
    public void A_decoded_clips_spectrogram_is_SciPys_and_its_picture_NumPys()
    {
        var values = Spectrogram.LogPower(new ClipDecoder(Side).DecodeSound(Wave()).Value!);
        Spectrogram.Standardise(values);
        var picture = new byte[SciPyClip.Side * SciPyClip.Side];
        SpectrogramImage.Write(values, 1004, picture, SciPyClip.Side);

        Assert.Equal(257 * 1004, values.Length);
        for (var row = 0; row < SciPyClip.Bins.Length; row++)
            for (var column = 0; column < SciPyClip.Columns.Length; column++)
                Assert.Equal(SciPyClip.Standardised[row][column], values[(SciPyClip.Bins[row] * 1004) + SciPyClip.Columns[column]], tolerance: 2e-9);
        Assert.Equal(SciPyClip.Picture, SciPyClip.Pixels.Select(y => SciPyClip.Pixels.Select(x => picture[(y * SciPyClip.Side) + x]).ToArray()));
    }

    [FfmpegFact]
    public void Two_channels_at_another_rate_become_one_at_16_kHz()
    {
        var film = _folder.File("stereo.mp4");
        Ffmpeg.Run("-f", "lavfi", "-i", "sine=f=1000:r=44100:d=10", "-ac", "2", "-c:a", "aac", film);
        var power = Spectrogram.LogPower(new ClipDecoder(Side).DecodeSound(film).Value!);
        var loudest = Enumerable.Range(0, Spectrogram.Bins).MaxBy(bin => power[(bin * 1004) + 500]);
        Assert.Equal(32, loudest);                                                          // 1000 Hz of 31.25 each
    }

    [FfmpegFact]
    public void What_cannot_be_decoded_is_told_with_its_reason_and_throws_nothing()
    {
        var decoder = new ClipDecoder(Side);
        var (silent, blind, cut) = (Counted("10", seconds: 10), Wave(), _folder.File("cut.mp4"));
        File.WriteAllBytes(cut, File.ReadAllBytes(silent)[..^2000]);                        // an mp4's index lies at its end
        File.WriteAllText(_folder.File("page.mp4"), "<!DOCTYPE html><html></html>");
        File.WriteAllText(_folder.File("list.mp4"), "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/1.ts\n#EXT-X-ENDLIST\n");
        File.WriteAllBytes(_folder.File("empty.mp4"), []);
        Ffmpeg.Run("-f", "lavfi", "-i", "sine=f=500:r=16000:d=0.9", _folder.File("blip.wav"));

        Assert.Equal(ClipFault.NoSound, decoder.DecodeSound(silent).Fault);
        Assert.Equal(ClipFault.NoVideo, decoder.DecodeFrames(blind).Fault);
        Assert.Equal((ClipFault.TooShort, "14400 of 160000 samples"), (decoder.DecodeSound(_folder.File("blip.wav")).Fault, decoder.DecodeSound(_folder.File("blip.wav")).Detail));
        foreach (var file in new[] { cut, _folder.File("page.mp4"), _folder.File("list.mp4"), _folder.File("empty.mp4") })
        {
            var (frames, sound) = (decoder.DecodeFrames(file), decoder.DecodeSound(file));
            Assert.Equal((null, ClipFault.Unreadable), (frames.Value, frames.Fault));
            Assert.Equal((null, ClipFault.Unreadable), (sound.Value, sound.Fault));
            Assert.NotEmpty(frames.Detail);
        }

        Assert.Throws<DatasetUnavailableException>(() => decoder.DecodeFrames(_folder.File("gone.mp4")));
    }

    [Fact]
    public void Without_ffmpeg_one_error_says_what_to_install()
    {
        var said = Assert.Throws<DatasetUnavailableException>(() => new ClipDecoder(Side, path: _folder.Path)).Message;
        Assert.Contains("apt-get install ffmpeg", said, StringComparison.Ordinal);
        Assert.Null(FfmpegProgram.Folder(null));
    }

    /// <summary>A film whose frame n is grey of luma 16 + n mod 200, without loss.</summary>
    private string Counted(string rate, double seconds)
    {
        var path = _folder.File("counted.mp4");
        Ffmpeg.Run(
            "-f", "lavfi", "-i", $"color=c=black:s=64x48:r={rate}:d={seconds.ToString(CultureInfo.InvariantCulture)},geq=lum='16+mod(N,200)':cb=128:cr=128",
            "-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path);
        return path;
    }

    private static IEnumerable<int> Numbers(byte[] frames) => frames.Chunk(Frame).Select(frame => (int)Math.Round(frame.Average(value => value) * 219 / 255));

    /// <summary>The sound of make_scipy_clip.py.</summary>
    private static short[] Samples() =>
        [.. Enumerable.Range(0, SciPyClip.Length).Select(n => (short)Math.Floor(((((n * (long)n * 31) + (7L * n)) % 2003) - 800) * 16 / (n < 13_000 ? 1.0 : 64)))];

    private string Wave()
    {
        var path = _folder.File("sound.wav");
        var bytes = new byte[SciPyClip.Length * 2];
        foreach (var (n, sample) in Samples().Index()) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * n), sample);
        File.WriteAllBytes(_folder.File("sound.raw"), bytes);
        Ffmpeg.Run("-f", "s16le", "-ar", "16000", "-ac", "1", "-i", _folder.File("sound.raw"), path);
        return path;
    }
}
