using System.Numerics;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>A number without rounding. What would need more than <see cref="BitsMax"/> bits is refused, so that no sum keeps a processor busy.</summary>
internal readonly record struct Fraction
{
    private const long BitsMax = 4096;
    private readonly BigInteger below;

    private Fraction(BigInteger top, BigInteger below)
    {
        if (top.GetBitLength() > BitsMax || below.GetBitLength() > BitsMax) throw new OverflowException();
        var common = BigInteger.GreatestCommonDivisor(top, below) * (below.Sign < 0 ? -1 : 1);
        (Top, this.below) = common.IsOne ? (top, below) : (top / common, below / common);
    }

    public BigInteger Top { get; }

    // The default value is 0, not 0/0.
    public BigInteger Below => below.IsZero ? BigInteger.One : below;

    public bool Whole => Below.IsOne;

    public bool Zero => Top.IsZero;

    public static Fraction Of(BigInteger number) => new(number, BigInteger.One);

    /// <param name="text">Digits with at most one point.</param>
    public static Fraction Parse(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = text.Replace(".", "", StringComparison.Ordinal);
        return new(BigInteger.Parse(digits.Length == 0 ? "0" : digits, System.Globalization.CultureInfo.InvariantCulture), BigInteger.Pow(10, point < 0 ? 0 : text.Length - point - 1));
    }

    public static Fraction operator +(Fraction a, Fraction b) => new((a.Top * b.Below) + (b.Top * a.Below), a.Below * b.Below);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.Top * b.Below) - (b.Top * a.Below), a.Below * b.Below);

    public static Fraction operator -(Fraction a) => new(-a.Top, a.Below);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Top * b.Top, a.Below * b.Below);

    public static Fraction operator /(Fraction a, Fraction b) => b.Zero ? throw new DivideByZeroException() : new(a.Top * b.Below, a.Below * b.Top);

    /// <summary>What is left after as many whole <paramref name="b"/> as fit; with the sign of <paramref name="a"/>.</summary>
    public static Fraction operator %(Fraction a, Fraction b)
    {
        var times = a / b;
        return a - (b * Of(BigInteger.Divide(times.Top, times.Below)));
    }

    public Fraction Power(BigInteger exponent)
    {
        if (Zero && exponent.Sign < 0) throw new DivideByZeroException();
        if (exponent.IsZero || (Whole && Top.IsOne)) return Of(1);
        if (Zero) return this;
        var size = BigInteger.Max(BigInteger.Abs(Top), Below);
        // Minus one has no limit; everything else outgrows it soon.
        if (size.IsOne) return Of(exponent.IsEven ? 1 : -1);
        var times = BigInteger.Abs(exponent);
        if ((size.GetBitLength() - 1) * times > BitsMax) throw new OverflowException();
        var (top, under) = (BigInteger.Pow(Top, (int)times), BigInteger.Pow(Below, (int)times));
        return exponent.Sign < 0 ? new(under, top) : new(top, under);
    }

    public int CompareTo(Fraction other) => (Top * other.Below).CompareTo(other.Top * Below);
}
