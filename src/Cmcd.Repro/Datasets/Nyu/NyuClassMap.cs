using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>From the label ids of the file to classes 0 … K - 1; id 0, unlabelled, is <see cref="SegmentedDataset.Void"/>.</summary>
internal sealed class NyuClassMap
{
    private const int Forty = 40;

    private readonly byte[] _classes;
    private readonly int[] _forty;

    private NyuClassMap(byte[] classes, int[] forty, IReadOnlyList<string> names, IReadOnlyList<string> idNames) => (_classes, _forty, Names, IdNames) = (classes, forty, names, idNames);

    /// <summary>Names of the K classes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Names of the ids from 1 on, as the class map lists them.</summary>
    public IReadOnlyList<string> IdNames { get; }

    /// <param name="map40">classMapping40.mat: class of each id, names of the classes and of the ids.</param>
    /// <param name="map13">class13Mapping.mat, by which 13 classes are made from the 40; null where 40 are wanted.</param>
    /// <exception cref="DatasetUnavailableException">A map lacks a variable, or says something that is no class.</exception>
    public static NyuClassMap Of(Mat5File map40, Mat5File? map13)
    {
        var (names, forty, idNames) = (map40.Texts("className"), map40.Integers("mapClass", 1, Forty), map40.Texts("allClassName"));
        if (names.Length != Forty) throw Wrong("classMapping40.mat", $"className has {names.Length} names", $"{Forty}");
        if (idNames.Length != forty.Length) throw Wrong("classMapping40.mat", $"mapClass has {forty.Length} entries and allClassName {idNames.Length} names", "as many");
        if (map13 is null) return new([SegmentedDataset.Void, .. forty.Select(label => (byte)(label - 1))], forty, names, idNames);

        var names13 = map13.Texts("classMapping13.classNames");
        var thirteen = map13.Integers("classMapping13.labels13", 1, names13.Length);
        if (thirteen.Length != Forty) throw Wrong("class13Mapping.mat", $"classMapping13.labels13 has {thirteen.Length} entries", $"{Forty}");
        return new([SegmentedDataset.Void, .. forty.Select(label => (byte)(thirteen[label - 1] - 1))], forty, names13, idNames);
    }

    /// <summary>Ids that belong to one of the 40 classes.</summary>
    /// <param name="label">1 to 40.</param>
    public int IdsOf(int label) => _forty.Count(each => each == label);

    /// <summary>The class of an id.</summary>
    /// <exception cref="DatasetUnavailableException">The maps do not know it.</exception>
    public byte ClassOf(float id) => id >= 0 && id < _classes.Length && id == MathF.Floor(id) ? _classes[(int)id]
        : throw new DatasetUnavailableException($"{NyuDepth.Data}: a label is {id}; classMapping40.mat maps 1 to {_classes.Length - 1}, and 0 is unlabelled. The two files do not belong together: delete both and run ./build.sh --target=Datasets.");

    private static DatasetUnavailableException Wrong(string file, string found, string due) => new($"{file}: {found}; due are {due}. {MatHeader.Remedy(file)}");
}
