using TorchSharp;

namespace Cmcd.Repro.Models;

/// <summary>Numbers that libtorch reads by address, kept alive for as long as the program runs.</summary>
/// <remarks>
/// TorchSharp turns the 1 of x.add_(y) into a finalizable object and hands only its address to libtorch. A collection started by another
/// thread during the call may free it: with collections forced in a loop, one call in 40,000 to 200,000 read freed memory. Passing a held
/// object as alpha closes that gap, and spares an allocation for each layer.
/// </remarks>
internal static class HeldScalar
{
    public static readonly Scalar One = 1.ToScalar();
}
