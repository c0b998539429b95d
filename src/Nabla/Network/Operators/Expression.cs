namespace Nabla.Network.Operators;

/// <summary>A formula in elementary operators: what a layer or an activation computes, described for other programs.</summary>
public abstract record Expression
{
    /// <summary>x + y.</summary>
    public static Expression operator +(Expression left, Expression right) => new Call(Operator.Add, left, right);

    /// <summary>x − y.</summary>
    public static Expression operator -(Expression left, Expression right) => new Call(Operator.Subtract, left, right);

    /// <summary>x·y, element by element.</summary>
    public static Expression operator *(Expression left, Expression right) => new Call(Operator.Multiply, left, right);

    /// <summary>x/y, element by element.</summary>
    public static Expression operator /(Expression left, Expression right) => new Call(Operator.Divide, left, right);

    /// <summary>A number.</summary>
    public static implicit operator Expression(double value) => new Number(value);

    /// <summary>An operator applied to this.</summary>
    /// <param name="operator">An operator of one operand.</param>
    /// <param name="parameter">The operator's parameter, where it has one.</param>
    public Expression Apply(Operator @operator, double? parameter = null) => new Call(@operator, this) { Parameter = parameter };

    /// <summary>x·Wᵀ.</summary>
    /// <param name="weight">W, [out, in].</param>
    public Expression Times(Tensor weight) => new Call(Operator.Product, this, weight);
}

/// <summary>What goes in: the values of a layer's inputs, or the weighted inputs of an activation.</summary>
public sealed record Variable : Expression;

/// <summary>A number.</summary>
/// <param name="Value">Its value.</param>
public sealed record Number(double Value) : Expression;

/// <summary>A tensor of the layer: a row for all samples, or the matrix of a product.</summary>
/// <param name="Index">Its place among the layer's tensors.</param>
public sealed record Tensor(int Index) : Expression;

/// <summary>An operator applied to operands.</summary>
public sealed record Call : Expression
{
    /// <summary>An operator applied to operands.</summary>
    public Call(Operator @operator, params IReadOnlyList<Expression> operands)
    {
        Operator = @operator;
        Operands = operands;
    }

    /// <summary>The operator.</summary>
    public Operator Operator { get; }

    /// <summary>One operand or two.</summary>
    public IReadOnlyList<Expression> Operands { get; }

    /// <summary>The operator's parameter, where it has one.</summary>
    public double? Parameter { get; init; }

    /// <inheritdoc/>
    public bool Equals(Call? other) => other is not null && Operator == other.Operator && Parameter == other.Parameter && Operands.SequenceEqual(other.Operands);

    /// <inheritdoc/>
    public override int GetHashCode() => Operands.Aggregate(HashCode.Combine(Operator, Parameter), (hash, operand) => HashCode.Combine(hash, operand));
}

/// <summary>Runs of units that each go through a formula of their own: a layer that mixes activations.</summary>
/// <param name="Input">The values of all units.</param>
/// <param name="Parts">How many units each run has, and its formula of <see cref="Variable"/>.</param>
public sealed record UnitRuns(Expression Input, IReadOnlyList<(int Units, Expression Formula)> Parts) : Expression;
