using System.Buffers.Binary;
using Cmcd.Repro.Datasets.Sounds;
using FFMpegCore;
using FFMpegCore.Enums;
using FFMpegCore.Exceptions;

namespace Cmcd.Repro.Datasets.Clips;

/// <summary>Ten seconds of a film: twelve frames and the sound, by the system's ffmpeg.</summary>
/// <remarks>
/// Frames are those on screen at the centres of twelve equal segments, (i + 0.5) · 10/12 s after the first picture (no source says which twelve the paper took); where the film
/// is shorter, its last frame stands for those behind its end. They are scaled (bicubic, antialiased) so that the shorter side fits, and cut to the central square. Sound is what the
/// authors' conversion writes: one channel, 16 kHz, 16 bits. A damaged clip is decoded as far as it goes; one whose pictures end before half, or whose sound
/// before one second (ten repeats of it do not fill the authors' ten seconds), counts as not decodable. One call, one process of one thread: call it from several threads, of which as many as there are processors get on.
/// Decoders and the resampler of another ffmpeg version may differ in last bits; what was decoded is kept, and its hash does not name the version.
/// </remarks>
internal sealed class ClipDecoder
{
    /// <summary>Part of every hash. Raise it when bytes can change.</summary>
    public const int Version = 1;

    /// <summary>Frames of a clip.</summary>
    public const int Frames = 12;

    /// <summary>Samples of a clip's sound: ten seconds.</summary>
    public const int Samples = Seconds * Spectrogram.Rate;

    private const int Seconds = 10, Channels = 3, FewestFrames = Frames / 2, FewestSamples = Spectrogram.Rate;

    // Without a list of protocols, a playlist under a clip's name would be followed into the network.
    private const string Input = "-nostdin -threads 1 -protocol_whitelist file -t 10";

    private readonly int _side;
    private readonly FFOptions _options;

    // Threads that wait for ffmpeg look idle to the thread pool, which would start ever more of them.
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);

    /// <param name="side">Height and width of a frame, pixels.</param>
    /// <param name="path">Folders where ffmpeg is looked for; null takes the variable PATH.</param>
    /// <exception cref="DatasetUnavailableException">ffmpeg is not installed.</exception>
    public ClipDecoder(int side, string? path = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        _side = side;
        _options = new() { BinaryFolder = FfmpegProgram.Require(path), LogLevel = FFMpegLogLevel.Error };
    }

    /// <summary>The twelve frames, [12 × 3 × side × side], red, green, blue.</summary>
    /// <param name="clip">Path of the film.</param>
    public Decoded<byte[]> DecodeFrames(string clip)
    {
        // Ticks of 1/12000 s make the centres, 5000 + 10000 i, whole numbers. Moved to the first centre and rounded up to a segment's end,
        // a frame is shown at all centres from its own time to the next frame's.
        var filter =
            "settb=1/12000,setpts=PTS-STARTPTS-5000,fps=fps=6/5:start_time=0:round=up,"
            + $"scale=w={_side}:h={_side}:force_original_aspect_ratio=increase:flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24,crop={_side}:{_side}";
        var decoded = Run(clip, $"-map 0:v:0 -vf \"{filter}\" -frames:v {Frames} -filter_threads 1 -pix_fmt rgb24", "rawvideo", ClipFault.NoVideo);
        if (decoded.Value is not { } bytes) return decoded;
        var frameBytes = Channels * _side * _side;
        var found = bytes.Length / frameBytes;
        if (found < FewestFrames) return new(null, ClipFault.TooShort, $"{found} of {Frames} frames");

        var planes = new byte[Frames * frameBytes];
        for (var frame = 0; frame < Frames; frame++)
        {
            var pixels = bytes.AsSpan(Math.Min(frame, found - 1) * frameBytes, frameBytes);
            for (var channel = 0; channel < Channels; channel++)
            {
                var plane = planes.AsSpan((frame * frameBytes) + (channel * _side * _side), _side * _side);
                for (var i = 0; i < plane.Length; i++) plane[i] = pixels[(i * Channels) + channel];
            }
        }

        return new(planes);
    }

    /// <summary>The sound, 160,000 samples in [-1, 1): a shorter one is repeated.</summary>
    /// <param name="clip">Path of the film or of a file of sound.</param>
    public Decoded<double[]> DecodeSound(string clip)
    {
        var decoded = Run(clip, $"-map 0:a:0 -ac 1 -ar {Spectrogram.Rate}", "s16le", ClipFault.NoSound);
        if (decoded.Value is not { } bytes) return new(null, decoded.Fault, decoded.Detail);
        var found = bytes.Length / sizeof(short);
        if (found < FewestSamples) return new(null, ClipFault.TooShort, $"{found} of {Samples} samples");

        var samples = new double[Samples];
        for (var n = 0; n < Samples; n++) samples[n] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(n % found * sizeof(short))) / 32768.0;
        return new(samples);
    }

    private Decoded<byte[]> Run(string clip, string arguments, string format, ClipFault noStream)
    {
        // A file that vanished is no broken clip: recording it would leave it out for ever.
        if (!File.Exists(clip)) throw new DatasetUnavailableException($"{clip} was there a moment ago and is gone. Put it back and start again.");
        // To a file, not to the library's pipe: there a process that ends quickly now and then lost bytes that nobody had read, and a whole clip seemed broken.
        var output = Path.Combine(Path.GetTempPath(), $"cmcd-clip-{Path.GetRandomFileName()}");
        _slots.Wait();
        try
        {
            FFMpegArguments
                .FromFileInput(clip, verifyExists: false, options => options.WithCustomArgument(Input))
                .OutputToFile(output, overwrite: true, options => options.WithCustomArgument(arguments).ForceFormat(format))
                .ProcessSynchronously(throwOnError: true, _options);
            var bytes = File.Exists(output) ? File.ReadAllBytes(output) : [];
            return bytes.Length > 0 ? new(bytes) : new(null, ClipFault.Unreadable, "nothing came out");
        }
        catch (FFMpegException fault)
        {
            // Told and passed over: among 200,000 clips some are always broken, and the rest must stay usable.
            string[] said = fault is FFMpegProcessException process ? [.. process.Result.StandardError.Where(line => !string.IsNullOrWhiteSpace(line))] : [fault.Message];
            return new(null, said.Any(line => line.Contains("matches no streams", StringComparison.Ordinal)) ? noStream : ClipFault.Unreadable, said.FirstOrDefault("").Trim());
        }
        finally
        {
            _slots.Release();
            File.Delete(output);
        }
    }
}
