using System.Runtime.CompilerServices;
using Cmcd.Repro.Runtime;

// libtorch's thread pool is process-wide: tests that run side by side would fight for it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Cmcd.Repro.Tests.Infrastructure;

internal static class TestRuntime
{
    [ModuleInitializer]
    internal static void Start() => TorchRuntime.Start(threads: 1);
}
