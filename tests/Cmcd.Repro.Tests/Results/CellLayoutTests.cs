using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Experiments;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Results;

public class CellLayoutTests
{
    public static TheoryData<string> Tables => [.. new ExperimentFiles(ExperimentFolder.Committed).Tables()];

    [Theory, MemberData(nameof(Tables))]
    public void Every_cell_reads_back_as_it_was_written(string id)
    {
        var table = new ExperimentFiles(ExperimentFolder.Committed).Load(id, "mini");
        var cells = table.Rows.SelectMany(row => table.Columns.Select(column => (row.Id, column.Id, Settings: (object)table.Cell(row.Id, column.Id)))).ToArray();
        var layout = (JObject)CellLayout.Of(cells, table.Tier.Roles, "test");

        Assert.All(cells, cell => Assert.Equal(Plain(cell.Settings), CellLayout.Read(layout, cell.Item1, cell.Item2), JToken.EqualityComparer));
        Assert.Equal("test", layout["split"]);
    }

    [Fact]
    public void What_all_cells_share_is_said_once_and_what_one_has_different_alone()
    {
        var layout = (JObject)CellLayout.Of(
            [
                ("A", "one", new { Teacher = new { Width = 1 }, Student = new { Width = 1 }, Step1 = new { Epochs = 2 }, Step2 = new { Loss = "x" } }),
                ("A", "two", new { Teacher = new { Width = 2 }, Student = new { Width = 1 }, Step1 = new { Epochs = 2 } }),
                ("B", "one", new { Teacher = new { Width = 1 }, Student = new { Width = 3 }, Step1 = new { Epochs = 2 }, Step2 = new { Loss = "y" } }),
            ],
            new { }, "test");

        Assert.Equal("""[{"id":"A","step2":{"loss":"x"}},{"id":"B","student":{"width":3},"step2":{"loss":"y"}}]""", layout["rows"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal("""[{"id":"A/two","teacher":{"width":2},"step2":null}]""", layout["cells"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Equal("""{"step1":{"epochs":2},"student":{"width":1},"teacher":{"width":2}}""", CellLayout.Read(layout, "A", "two")!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Null(CellLayout.Read(layout, "C", "one"));
    }

    private static JObject Plain(object settings)
    {
        var json = (JObject)Manifest.Json(settings);
        foreach (var property in json.Descendants().OfType<JProperty>().Where(property => property.Value.Type == JTokenType.Null).ToArray()) property.Remove();
        return json;
    }
}
