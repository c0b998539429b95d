using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Arithmetic on whole spans.</summary>
internal static class Elementwise
{
    /// <summary>y ← y ∘ x.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> { for (int i = 0; i < x.Length; i++) { y[i] *= x[i]; } }

    /// <summary>Adds a row to every row of a matrix. row: [columns].</summary>
    public static void AddRow<T>(ReadOnlySpan<T> row, Matrix<T> matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T> { for (int i = 0; i < matrix.Rows; i++) { Span<T> r = matrix.Row(i); for (int j = 0; j < row.Length; j++) { r[j] += row[j]; } } }

    /// <summary>Sums of the columns of a matrix: each adds row 0, 1, 2 … in that order. sums: [columns].</summary>
    public static void SumColumns<T>(Matrix<T> matrix, Span<T> sums) where T : unmanaged, IBinaryFloatingPointIeee754<T> { sums.Clear(); for (int i = 0; i < matrix.Rows; i++) { Span<T> r = matrix.Row(i); for (int j = 0; j < sums.Length; j++) { sums[j] += r[j]; } } }

    /// <summary>Whether every element is finite.</summary>
    public static bool AllFinite<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> { foreach (T v in x) { if (!T.IsFinite(v)) { return false; } } return true; }
}
