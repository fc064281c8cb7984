using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>One thing made of solids. It is built about its own origin: back to -z, front to +z, standing at y = 0; then placed.</summary>
internal sealed class Piece
{
    private readonly List<Solid> _solids = [];
    private readonly List<Top> _tops = [];
    private Vector3 _low = new(float.PositiveInfinity), _high = new(float.NegativeInfinity);

    /// <summary>A level surface that can carry small things, in the piece's own coordinates.</summary>
    /// <param name="Low">Least x and z.</param>
    /// <param name="High">Largest x and z.</param>
    /// <param name="Height">y.</param>
    /// <param name="IsSoft">A seat or a mattress: no lamp or vase stands there.</param>
    public readonly record struct Top(Vector2 Low, Vector2 High, float Height, bool IsSoft);

    /// <summary>Corners of the box around the piece.</summary>
    public (Vector3 Low, Vector3 High) Extent => (_low, _high);

    public IReadOnlyList<Solid> Solids => _solids;

    public IReadOnlyList<Top> Tops => _tops;

    /// <param name="form">What it is.</param>
    /// <param name="label">Its class.</param>
    /// <param name="material">Its surface.</param>
    /// <param name="low">Least corner of the box that the form fills.</param>
    /// <param name="high">Largest corner of that box.</param>
    /// <param name="turn">About the middle of that box.</param>
    public Piece Add(Form form, RoomClass label, Material material, Vector3 low, Vector3 high, Vector2? turn = null)
    {
        Add(new Solid(form, (low + high) / 2, (high - low) / 2, turn ?? Directions.Ahead, material, (byte)label));
        return this;
    }

    public Piece Box(RoomClass label, Material material, Vector3 low, Vector3 high, Vector2? turn = null) => Add(Form.Box, label, material, low, high, turn);

    /// <summary>Four legs under the corners of a rectangle.</summary>
    public Piece Legs(Form form, RoomClass label, Material material, Vector2 low, Vector2 high, float top, float thickness)
    {
        foreach (var x in (ReadOnlySpan<float>)[low.X, high.X - thickness])
        {
            foreach (var z in (ReadOnlySpan<float>)[low.Y, high.Y - thickness])
                Add(form, label, material, new(x, 0, z), new(x + thickness, top, z + thickness));
        }

        return this;
    }

    public Piece Carry(Vector2 low, Vector2 high, float height, bool isSoft = false)
    {
        _tops.Add(new(low, high, height, isSoft));
        return this;
    }

    /// <summary>The same solids with no label: a thing the annotators left out.</summary>
    public Piece Unlabelled()
    {
        var piece = new Piece();
        foreach (var solid in _solids) piece.Add(solid with { Label = SegmentedDataset.Void });
        return piece;
    }

    /// <summary>Takes in another piece, moved and turned.</summary>
    public Piece Add(Piece other, Vector3 position, Vector2 turn)
    {
        foreach (var solid in other._solids)
            Add(solid with { Centre = Directions.Turned(solid.Centre, turn) + position, Turn = Directions.Sum(solid.Turn, turn) });
        return this;
    }

    private void Add(Solid solid)
    {
        _solids.Add(solid);
        var reach = solid.Half;
        if (solid.Turn != Directions.Ahead)
        {
            var (cosine, sine) = (MathF.Abs(solid.Turn.X), MathF.Abs(solid.Turn.Y));
            reach = new((cosine * reach.X) + (sine * reach.Z), reach.Y, (sine * reach.X) + (cosine * reach.Z));
        }

        _low = Vector3.Min(_low, solid.Centre - reach);
        _high = Vector3.Max(_high, solid.Centre + reach);
    }
}
