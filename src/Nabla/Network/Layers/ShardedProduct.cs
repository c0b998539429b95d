using System.Numerics;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Products;
using Nabla.Numerics.Threads;

namespace Nabla.Network.Layers;

/// <summary>c = Xᵀ·δ as the pairwise sum of the products of N parts of the samples, a few rows of c at a time: N whole products are never stored.</summary>
internal sealed class ShardedProduct<T>(int shards) : IParallelWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of c that go through the tree together: they and the partial sums stay in the second cache.</summary>
    private const int RowsOfBlock = 32;

    private Worker[] workers = [];
    private Matrix<T> x;
    private Matrix<T> delta;
    private Matrix<T> c;

    /// <summary>Computes c. x: [samples, in]; delta: [samples, out]; c: [in, out].</summary>
    public void Run(WorkerTeam team, Matrix<T> x, Matrix<T> delta, Matrix<T> c)
    {
        (this.x, this.delta, this.c) = (x, delta, c);
        int parts = GemmShape.PartCount(team, (long)c.Rows * c.Columns * x.Rows);
        if (workers.Length < parts)
        {
            workers = [.. Enumerable.Range(0, parts).Select(_ => new Worker(shards))];
        }

        team.Run(this, parts);
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int first = (int)((long)c.Rows * part / parts), end = (int)((long)c.Rows * (part + 1) / parts);
        for (int row = first; row < end; row += RowsOfBlock)
        {
            workers[part].Run(x, delta, c, row, Math.Min(end, row + RowsOfBlock));
        }
    }

    /// <summary>One thread's products and partial sums.</summary>
    private sealed class Worker(int shards) : IRowBlockEpilogue<T>
    {
        private readonly BlockFusedGemm<T> product = new();
        private readonly ShardTree<T> tree = new(shards);
        private T[] block = [];
        private int firstRow;
        private int columns;

        public void Run(Matrix<T> x, Matrix<T> delta, Matrix<T> c, int first, int end)
        {
            (firstRow, columns) = (first, c.Columns);
            int length = (end - first) * columns;
            if (block.Length < length)
            {
                block = new T[length];
            }

            tree.Begin(length);
            for (int shard = 0; shard < shards; shard++)
            {
                (int start, int stop) = tree.Samples(shard, x.Rows);
                if (start == stop)
                {
                    block.AsSpan(0, length).Clear();
                }
                else
                {
                    product.Run(x.Slice(start, stop - start), delta.Slice(start, stop - start), first, end, this);
                }

                tree.Add(block.AsSpan(0, length));
            }

            tree.CopyTo(c.Slice(first, end - first).Elements);
        }

        void IRowBlockEpilogue<T>.Apply(int first, ReadOnlySpan<T> rows) => rows.CopyTo(block.AsSpan((first - firstRow) * columns));
    }
}
