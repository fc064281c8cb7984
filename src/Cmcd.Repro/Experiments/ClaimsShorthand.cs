using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>Spells out a claims file's short forms, so that the reader sees records only: a text is a cell or a group, a list the best of its members.</summary>
internal static class ClaimsShorthand
{
    private static readonly string[] QuantityFields = ["first", "second", "of", "x", "y"];

    /// <summary>Rewrites every quantity of every predicate in place; each token keeps the place where it was written.</summary>
    public static void Expand(JObject claims)
    {
        foreach (var predicate in Predicates(claims))
            foreach (var field in QuantityFields.Where(field => predicate[field] is not null)) predicate[field] = Spelt(predicate[field]!);
    }

    /// <summary>Every predicate that is an object, with faults around it or not.</summary>
    public static IReadOnlyList<JObject> Predicates(JObject claims) =>
        [.. Statements(claims).SelectMany(claim => claim["parts"] as JArray ?? []).OfType<JObject>().Select(part => part["predicate"]).OfType<JObject>()];

    /// <summary>Every claim and every predicate of ours that is an object.</summary>
    public static IEnumerable<JObject> Statements(JObject claims) => (claims["claims"] as JArray ?? []).Concat(claims["predicates"] as JArray ?? []).OfType<JObject>();

    private static JToken Spelt(JToken quantity)
    {
        switch (quantity)
        {
            case JValue { Type: JTokenType.String } text:
                return Made(text, new("kind", ((string)text!).Count(letter => letter == '/') == 1 ? "group" : "cell"), new("at", text.DeepClone()));
            case JArray list:
                return Made(list, new("kind", "best"), new("of", Members(list)));
            case JObject written:
                var spelt = (JObject)written.DeepClone();
                if (spelt["of"] is { } of) spelt["of"] = of is JArray members && (string?)spelt["kind"] != "gain" ? Members(members) : Spelt(of);
                if (spelt["over"] is { } over) spelt["over"] = Spelt(over);
                return spelt;
            default:
                return quantity.DeepClone();
        }
    }

    private static JArray Members(JArray list)
    {
        var members = new JArray(list.Select(Spelt));
        members.AddAnnotation(Origin.Of(list));
        return members;
    }

    private static JObject Made(JToken from, JProperty kind, JProperty content)
    {
        var made = new JObject(kind, content);
        foreach (var token in new[] { made, kind.Value }) token.AddAnnotation(Origin.Of(from));
        return made;
    }
}
