using Cmcd.Repro.Datasets.Images;
using static TorchSharp.torch;

namespace Cmcd.Repro.Datasets;

/// <summary>ImageNet's validation set in folders by class, as a user has it: what imported weights are tried on.</summary>
/// <remarks>
/// Images are [3, 256, 256]: the square in the middle of the shorter side. The test view cuts seven eighths of it to 224 pixels: SimCLR's own evaluation,
/// which cuts seven eighths of the shorter side. Files are decoded when they are read: each is read once.
/// </remarks>
internal static class ImageNetValidation
{
    private const int Classes = 1000;

    /// <param name="folder">Holds 1,000 folders n01440764 … n15075141, each with the images of its class.</param>
    /// <exception cref="DatasetUnavailableException">It is missing, or holds other folders.</exception>
    public static LabelledDataset Open(string folder)
    {
        string[] classes = Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)] : [];
        if (classes.Length != Classes || classes.Any(name => name[0] != 'n' || !name[1..].All(char.IsAsciiDigit)))
        {
            throw new DatasetUnavailableException(
                $"--imagenet: {folder} holds {classes.Length} folders{(classes.Length > 0 ? $", the first {classes[0]}" : "")}; expected are the 1,000 classes of ImageNet's validation set, n01440764 to n15075141. Sort its images into a folder a class, or leave the option out.");
        }

        var files = ImageFolder.Open(folder, "imagenet-validation", "--imagenet");
        var number = classes.Index().ToDictionary(name => name.Item, name => name.Index);
        return new(
            "imagenet-validation", ContentHash.Of("imagenet-validation", files.Hash, $"decoder {ImageDecoder.Version}"), new Squares(files.FullPaths),
            [.. files.Files.Select(file => number[file[..file.IndexOf('/', StringComparison.Ordinal)]])], classes);
    }

    private sealed class Squares(IReadOnlyList<string> files) : IImageSet
    {
        private static readonly ImageShape Shape = new(256, ImageFit.Crop, 3, 0);

        public int Count => files.Count;

        public int Channels => Shape.Channels;

        public int Height => Shape.Side;

        public int Width => Shape.Side;

        public byte Background => Shape.Background;

        public Tensor Read(ReadOnlySpan<int> indices)
        {
            var places = indices.ToArray();
            var bytes = new byte[places.Length * Shape.Bytes];
            Parallel.For(0, places.Length, item => Shape.Of(ImageDecoder.Read(files[places[item]], Shape.Channels)).CopyTo(bytes, item * Shape.Bytes));
            var images = empty([places.Length, Shape.Channels, Shape.Side, Shape.Side], dtype: ScalarType.Byte);
            images.bytes = bytes;
            return images;
        }
    }
}
