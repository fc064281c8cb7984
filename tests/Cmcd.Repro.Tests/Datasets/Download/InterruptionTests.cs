using Cmcd.Repro.Randomness;
using static Cmcd.Repro.Tests.Datasets.Download.DownloadBench;

namespace Cmcd.Repro.Tests.Datasets.Download;

/// <summary>Fifty random plans of trouble: after each the file has the right bytes.</summary>
public class InterruptionTests
{
    private const int Length = 200_000;

    public static TheoryData<int> Plans => [.. Enumerable.Range(1, 50)];

    [Theory, MemberData(nameof(Plans))]
    public void The_file_is_right_after_any_plan(int seed)
    {
        using var bench = new DownloadBench { Options = new() { ProgressBytes = 1, Attempts = 10 } };   // more than a plan has troubles
        var random = new CounterRandom(seed, Purpose.Test);
        var content = Content(Length, seed);
        var old = Content(Length, seed + 1000);
        var troubles = 3 + random.NextInt(6);
        var isOld = random.NextBool(0.3);
        var plan = new Queue<(int Kind, int Cut)>(Draw(ref random, troubles));
        using var stop = new Stops(seed);
        bench.Witness.OnProgress = progress => stop.At(progress.Bytes);
        using var server = new HostileServer(request =>
        {
            if (!plan.TryDequeue(out var trouble)) return Reply.Honest(request, content, "\"new\"");
            isOld &= plan.Count > troubles / 2;   // the file on the server changes somewhere midway
            var honest = Reply.Honest(request, isOld ? old : content, isOld ? "\"old\"" : "\"new\"");
            return trouble.Kind switch
            {
                0 => honest with { CutAt = trouble.Cut },
                1 => honest.Unframed() with { CutAt = trouble.Cut },
                2 => Reply.Honest(request with { From = null }, content, "\"new\"") with { CutAt = trouble.Cut },
                3 => Reply.Error("500 Internal Server Error"),
                4 => Reply.Error("416 Range Not Satisfiable", $"Content-Range: bytes */{trouble.Cut}"),
                5 => honest with { CutAt = trouble.Cut, Stall = () => bench.Time.Advance(bench.Options.StallTimeout) },
                6 => honest with { Headers = [.. honest.Headers.Select(header => header.Replace("bytes ", "bytes 1", StringComparison.Ordinal))], CutAt = trouble.Cut },
                _ => Reply.Error("503 Service Unavailable", "Retry-After: 7"),
            };
        });

        var file = Checked(content, server.Url("a"));
        for (var process = 0; ; process++)
        {
            try
            {
                bench.Fetch(file, stop.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.True(process < Stops.Most);
                stop.Renew();
            }
        }

        Assert.Equal(content, File.ReadAllBytes(bench.Target));
        Assert.Equal([bench.Target], Directory.GetFiles(Path.GetDirectoryName(bench.Target)!));
    }

    private static IEnumerable<(int Kind, int Cut)> Draw(ref CounterRandom random, int count)
    {
        var plan = new (int, int)[count];
        for (var i = 0; i < count; i++) plan[i] = (random.NextInt(8), random.NextInt(Length));
        return plan;
    }

    /// <summary>Stops the download at random sizes, as a user or a restart would; the next one goes on.</summary>
    private sealed class Stops(int seed) : IDisposable
    {
        public const int Most = 2;

        private CancellationTokenSource _source = new();
        private int _left = seed % (Most + 1);

        public CancellationToken Token => _source.Token;

        public void At(long bytes)
        {
            if (_left == 0 || bytes < Length / (_left + 1)) return;
            _left--;
            _source.Cancel();
        }

        public void Renew()
        {
            _source.Dispose();
            _source = new();
        }

        public void Dispose() => _source.Dispose();
    }
}
