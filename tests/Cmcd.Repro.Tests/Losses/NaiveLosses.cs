namespace Cmcd.Repro.Tests.Losses;

/// <summary>The formulas as loops over doubles: slow, plain, and written without looking at the tensors' version.</summary>
internal static class NaiveLosses
{
    /// <summary>Loss of each of the 2N views, those of <paramref name="first"/> first.</summary>
    public static double[] NtXentPerView(double[][] first, double[][] second, double temperature, bool maskSelf = true)
    {
        double[][] views = [.. first.Concat(second).Select(Unit)];
        var losses = new double[views.Length];
        for (var i = 0; i < views.Length; i++)
        {
            var partner = i < first.Length ? i + first.Length : i - first.Length;
            var denominator = 0.0;
            for (var k = 0; k < views.Length; k++)
                if (k != i || !maskSelf) denominator += Math.Exp(Dot(views[i], views[k]) / temperature);
            losses[i] = -(Dot(views[i], views[partner]) / temperature) + Math.Log(denominator);
        }

        return losses;
    }

    /// <summary>softmax_j(cos(queries_i, keys_j) / temperature).</summary>
    public static double[][] Softmax(double[][] queries, double[][] keys, double temperature, bool includeSelf = true)
    {
        (queries, keys) = ([.. queries.Select(Unit)], [.. keys.Select(Unit)]);
        var rows = new double[queries.Length][];
        for (var i = 0; i < queries.Length; i++)
        {
            rows[i] = new double[keys.Length];
            var sum = 0.0;
            for (var j = 0; j < keys.Length; j++)
            {
                if (j == i && !includeSelf) continue;
                rows[i][j] = Math.Exp(Dot(queries[i], keys[j]) / temperature);
                sum += rows[i][j];
            }

            for (var j = 0; j < keys.Length; j++) rows[i][j] /= sum;
        }

        return rows;
    }

    /// <summary>-Σ_j p_j log q_j of each row; a zero of p adds nothing.</summary>
    public static double[] CrossEntropies(double[][] p, double[][] q)
    {
        var losses = new double[p.Length];
        for (var i = 0; i < p.Length; i++)
            for (var j = 0; j < p[i].Length; j++)
                if (p[i][j] > 0) losses[i] -= p[i][j] * Math.Log(q[i][j]);
        return losses;
    }

    public static double Cmd(double[][] student, double[][] teacher, double teacherTemperature, double studentTemperature, bool relational = false,
        bool includeSelf = true) =>
        CrossEntropies(
            Softmax(teacher, teacher, teacherTemperature, includeSelf),
            Softmax(student, relational ? student : teacher, studentTemperature, includeSelf)).Average();

    /// <summary>One direction of CMC: the mean over partners of -log softmax, then the mean over rows.</summary>
    public static double OneSidedCmc(double[][] queries, double[][] keys, double temperature, long[] photos)
    {
        var q = Softmax(queries, keys, temperature);
        var total = 0.0;
        for (var i = 0; i < queries.Length; i++)
        {
            var (sum, partners) = (0.0, 0);
            for (var j = 0; j < keys.Length; j++)
            {
                if (photos[j] != photos[i]) continue;
                sum -= Math.Log(q[i][j]);
                partners++;
            }

            total += sum / partners;
        }

        return total / queries.Length;
    }

    public static double Cmc(double[][] student, double[][] teacher, double temperature, long[] photos) =>
        (OneSidedCmc(student, teacher, temperature, photos) + OneSidedCmc(teacher, student, temperature, photos)) / 2;

    /// <summary>Code-mode attention transfer of two maps [N][C][place].</summary>
    public static double AttentionTransfer(double[][][] student, double[][][] teacher)
    {
        var (sum, places) = (0.0, student[0][0].Length);
        for (var n = 0; n < student.Length; n++)
        {
            var (own, target) = (Unit(Attention(student[n])), Unit(Attention(teacher[n])));
            for (var place = 0; place < places; place++) sum += Math.Pow(own[place] - target[place], 2);
        }

        return sum / (student.Length * places);
    }

    private static double[] Attention(double[][] channels)
    {
        var attention = new double[channels[0].Length];
        foreach (var channel in channels)
            for (var place = 0; place < attention.Length; place++) attention[place] += channel[place] * channel[place] / channels.Length;
        return attention;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++) sum += a[d] * b[d];
        return sum;
    }

    private static double[] Unit(double[] vector)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        return [.. vector.Select(x => x / length)];
    }
}
