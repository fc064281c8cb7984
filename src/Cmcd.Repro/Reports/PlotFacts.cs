// One file: together these records are what a figure over whole tables shows, in report.json, in its CSV and in its drawing.
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Reports;

/// <param name="Name">Of its files: Figure1.</param>
/// <param name="Title">The question it answers.</param>
/// <param name="About">What is drawn and how; for people.</param>
/// <param name="Keys">What tells its panels apart, as columns of the CSV.</param>
/// <param name="Panels">At least one, each with a point.</param>
internal sealed record PlotFacts(string Name, string Title, string About, IReadOnlyList<string> Keys, IReadOnlyList<PlotPanel> Panels);

/// <param name="Group">Neighbouring panels of one group share the vertical axis.</param>
/// <param name="Title">What is drawn in it.</param>
/// <param name="Keys">Values of the plot's keys.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Joined">Points of a series are joined by a line, in their order; otherwise each bears its name.</param>
/// <param name="Series">In the order of the legend.</param>
internal sealed record PlotPanel(string Group, string Title, IReadOnlyList<string> Keys, PlotAxis X, PlotAxis Y, bool Joined, IReadOnlyList<PlotSeries> Series);

/// <param name="Label">What it measures, with unit.</param>
/// <param name="Unit">As in cells.csv.</param>
/// <param name="Logarithmic">Equal ratios are equally far apart.</param>
internal sealed record PlotAxis(string Label, string Unit, bool Logarithmic = false);

/// <param name="Id">By which its look is chosen, such as CMC.</param>
/// <param name="Label">In the legend.</param>
/// <param name="Points">At least one.</param>
internal sealed record PlotSeries(string Id, string Label, IReadOnlyList<PlotPoint> Points);

/// <param name="Label">Its name.</param>
/// <param name="X">Where it lies.</param>
/// <param name="XLow">Lower end of the 95 % interval over seeds; null where there is none.</param>
/// <param name="XHigh">Upper end.</param>
/// <param name="Y">Where it lies.</param>
/// <param name="YLow">Lower end of the 95 % interval over seeds; null where there is none.</param>
/// <param name="YHigh">Upper end.</param>
/// <param name="Seeds">Number of seeds; 0 for a printed number.</param>
[JsonConverter(typeof(OnALine))]
internal sealed record PlotPoint(string Label, double X, double? XLow, double? XHigh, double Y, double? YLow, double? YHigh, int Seeds)
{
    /// <summary>A figure has thousands of points: each is a line of report.json, without what it does not have.</summary>
    private sealed class OnALine : JsonConverter<PlotPoint>
    {
        public override bool CanRead => false;

        public override void WriteJson(JsonWriter writer, PlotPoint? value, JsonSerializer serializer)
        {
            var members = new (string Name, JToken? Value)[]
            {
                ("label", value!.Label), ("x", value.X), ("xLow", value.XLow), ("xHigh", value.XHigh), ("y", value.Y), ("yLow", value.YLow), ("yHigh", value.YHigh), ("seeds", value.Seeds),
            };
            writer.WriteRawValue(new JObject(members.Where(member => member.Value is { Type: not JTokenType.Null }).Select(member => new JProperty(member.Name, member.Value))).ToString(Formatting.None));
        }

        public override PlotPoint ReadJson(JsonReader reader, Type objectType, PlotPoint? existingValue, bool hasExistingValue, JsonSerializer serializer) =>
            throw new NotSupportedException("report.json is written only.");
    }
}
