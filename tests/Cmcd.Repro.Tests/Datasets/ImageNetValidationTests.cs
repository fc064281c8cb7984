using Cmcd.Repro.Datasets;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

public sealed class ImageNetValidationTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_a_class_by_the_order_of_names_and_an_image_is_its_middle_square()
    {
        foreach (var number in Enumerable.Range(0, 1000).Reverse()) Directory.CreateDirectory(Class(number));
        File.WriteAllBytes(Path.Combine(Class(7), "ILSVRC2012_val_00000002.JPEG"), MirrorImages.Photo(1, 2, 300));
        File.WriteAllBytes(Path.Combine(Class(999), "ILSVRC2012_val_00000001.JPEG"), MirrorImages.Photo(2, 1, 256));
        var set = ImageNetValidation.Open(_folder.Path);

        Assert.Equal([7, 999], set.Labels);
        Assert.Equal(1000, set.Classes.Count);
        using var images = set.Images.Read([1, 0]);
        Assert.Equal([2, 3, 256, 256], images.shape);
        var alone = Cmcd.Repro.Datasets.Images.ImageDecoder.Read(Path.Combine(Class(999), "ILSVRC2012_val_00000001.JPEG"), 3).ToPlanes();
        Assert.Equal(alone, images.bytes[..alone.Length].ToArray());
    }

    [Fact]
    public void Other_folders_are_refused_with_what_is_expected()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "tench"));
        var message = Assert.Throws<DatasetUnavailableException>(() => ImageNetValidation.Open(_folder.Path)).Message;
        Assert.Contains("holds 1 folders, the first tench; expected are the 1,000 classes", message, StringComparison.Ordinal);
        Assert.Contains("holds 0 folders", Assert.Throws<DatasetUnavailableException>(() => ImageNetValidation.Open(_folder.File("none"))).Message, StringComparison.Ordinal);
    }

    private string Class(int number) => Path.Combine(_folder.Path, $"n{number:00000000}");
}
