using Cmcd.Repro.Datasets.Download;

namespace Cmcd.Repro.Tests.Datasets.Download;

public class FileSignatureTests
{
    public static TheoryData<string, byte[]> True => new()
    {
        { "a.7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4] },
        { "a.zip", "PK\u0003\u0004..."u8.ToArray() },
        { "a.zip", "PK\u0005\u0006..."u8.ToArray() },   // an empty one
        { "a.tar.gz", [0x1F, 0x8B, 8] },
        { "a.mat", "MATLAB 7.3 MAT-file, Platform"u8.ToArray() },
        { "a.mat", "MATLAB 5.0 MAT-file, Platform"u8.ToArray() },
        { "a.csv", "---g-f_I2yQ,1,people marching,test"u8.ToArray() },
        { "model.ckpt-225206.data-00000-of-00001", [0x3C, 0x00, 0x80, 0x3F] },   // a float32 whose lowest byte is "<"
        { "model.ckpt-225206.index", [] },
    };

    public static TheoryData<string, byte[], string> False => new()
    {
        { "a.csv", "\uFEFF\r\n <!DOCTYPE HTML><html>"u8.ToArray(), "an HTML page" },
        { "a.index", "<HTML><TITLE>Log\n in</TITLE>"u8.ToArray(), "titled \"Log in\": the host wants a sign-in" },
        { "a.7z", "PK\u0003\u0004"u8.ToArray(), "it starts with the bytes 504B0304, not like a 7z archive" },
        { "a.zip", [], "it is empty, not a zip archive" },
    };

    [Theory, MemberData(nameof(True))]
    public void A_true_start_passes(string name, byte[] start) => Assert.Null(FileSignature.Fault(name, start));

    [Theory, MemberData(nameof(False))]
    public void A_false_start_is_explained(string name, byte[] start, string said) => Assert.Contains(said, FileSignature.Fault(name, start), StringComparison.Ordinal);
}
