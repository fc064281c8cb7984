using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Where in the paper a table stands.</summary>
/// <param name="Arxiv">arXiv identifier with version.</param>
/// <param name="Table">The table's number; at least 1.</param>
/// <param name="Section">Number and title of the section that discusses it.</param>
public sealed record PaperReference(string Arxiv, [Range(1, 99)] int Table, string Section);
