using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>One literal key of each kind of stage, written down before tables could set their own cells: stored work is found again.</summary>
public sealed class PinnedKeyTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("pretrain teacher on imagenet, seed 0", "1474e34f2fe3f0be1d028718e5f526089a7b792df4006ebf2758afe0bf3ce48a")]
    [InlineData("SSL on sketchy-pairs, seed 0", "3be658ac17e3daf354c842fd7cc47e10b7d5e0f721fb50661ddc14851bd3a7b7")]
    [InlineData("PreSSL on sketchy-pairs, seed 0", "d0541bd1c2465e83ec19cc64ce476a5e6bb271a1555d5d37ad3385949e37437f")]
    [InlineData("distill CMC on sketchy-pairs, seed 0", "c9490c21700fdb30215f550ca2b628b56ec8fca414dc99840345302a5763ecfd")]
    [InlineData("distill CMKD on sketchy-pairs, seed 0", "4e6ca87caf53a28e69eec7a53dd6bc4822f340e9925ff8ddc31e5d702f4b87f9")]
    [InlineData("LE of CMC on TUBerlin, seed 0", "00b51505081e07d8653a01c7c3c4e3cfa548593f149a00f690a958ad141a378d")]
    [InlineData("FT of Sup on TUBerlin, seed 0", "73425145590d8c5ed0fd10ed81c37ff35b36b7c758f2d1b54f041e07190752de")]
    public void A_stage_of_table_1_keeps_its_key(string title, string key)
    {
        var table = new ExperimentFiles(ExperimentFolder.Committed).Load("Table1", "smoke", Precision.Fp32);
        var pipeline = new ReproductionPipeline(table, new DatasetCatalogue(Path.Combine(ExperimentFolder.Committed, "data"), _folder.Create("generated")), "cpu", 1, "test");
        var stages = table.Runs([0], [Initialisation.Source]).Where(run => run.UnavailableReason is null && run.Column.Id == "TUBerlin").Select(pipeline.Of).SelectMany(Chain);

        Assert.Equal(key, stages.First(stage => stage.Title == title).Key.Hash);
    }

    private static IEnumerable<Stage> Chain(Stage stage) => stage.Parents.SelectMany(Chain).Append(stage);

    public void Dispose() => _folder.Dispose();
}
