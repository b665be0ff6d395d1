using System.Collections.Frozen;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <param name="Measure">What is measured with it: only units of the same can be converted.</param>
/// <param name="Factor">How many of the measure's first unit it is.</param>
/// <param name="Offset">Added before the factor counts: temperatures do not begin at the same point.</param>
internal sealed record Unit(string Name, string Measure, Fraction Factor, Fraction Offset);

/// <summary>Units by all the names that people have for them. Factors are exact by definition.</summary>
internal static class Units
{
    // measure | name: factor [offset] | further names
    private const string List = """
        length|metres: 1|m metre meter meters
        length|millimetres: 0.001|mm millimetre millimeter millimeters
        length|centimetres: 0.01|cm centimetre centimeter centimeters zentimeter
        length|kilometres: 1000|km kilometre kilometer kilometers kms
        length|micrometres: 0.000001|µm μm um micrometre micrometer micrometers microns micron
        length|nanometres: 0.000000001|nm nanometre nanometer nanometers
        length|inches: 0.0254|in inch zoll ″
        length|feet: 0.3048|ft foot fuß fuss
        length|yards: 0.9144|yd yard
        length|miles: 1609.344|mi mile meile meilen
        length|nautical miles: 1852|nmi seemeilen
        length|light years: 9460730472580800|ly lightyears light-years lichtjahre
        mass|kilograms: 1|kg kilogram kilo kilos kilogramm kilogramme
        mass|grams: 0.001|g gram gramm gramme grammes
        mass|milligrams: 0.000001|mg milligram milligramm
        mass|tonnes: 1000|t tonne tonnen ton tons
        mass|ounces: 0.028349523125|oz ounce unze unzen
        mass|pounds: 0.45359237|lb lbs pound pfund
        mass|stone: 6.35029318|st stones
        temperature|kelvin: 1|k kelvins
        temperature|°C: 1 273.15|c celsius centigrade grad
        temperature|°F: 5/9 459.67|f fahrenheit
        volume|litres: 1|l litre liter liters
        volume|millilitres: 0.001|ml millilitre milliliter milliliters cm³ cm3 cc
        volume|centilitres: 0.01|cl centilitre centiliter centiliters
        volume|decilitres: 0.1|dl decilitre deciliter deciliters
        volume|cubic metres: 1000|m³ m3 cubicmeters kubikmeter
        volume|US gallons: 3.785411784|gal gallon gallons
        volume|imperial gallons: 4.54609|imperialgallon
        volume|US quarts: 0.946352946|qt quart quarts
        volume|US pints: 0.473176473|pt pint pints
        volume|US cups: 0.2365882365|cup cups tassen
        volume|US fluid ounces: 0.0295735295625|floz fluidounce fluidounces
        volume|US tablespoons: 0.01478676478125|tbsp tablespoon tablespoons
        volume|US teaspoons: 0.00492892159375|tsp teaspoon teaspoons
        speed|metres per second: 1|m/s mps meterspersecond
        speed|kilometres per hour: 1/3.6|km/h kmh kph kilometersperhour
        speed|miles per hour: 0.44704|mph mi/h
        speed|feet per second: 0.3048|ft/s fps
        speed|knots: 1852/3600|kn kt knot knoten
        area|square metres: 1|m² m2 sqm squaremeters quadratmeter
        area|square centimetres: 0.0001|cm² cm2 squarecentimeters
        area|square kilometres: 1000000|km² km2 squarekilometers quadratkilometer
        area|hectares: 10000|ha hectare hektar
        area|acres: 4046.8564224|ac acre
        area|square feet: 0.09290304|ft² ft2 sqft squarefoot
        area|square inches: 0.00064516|in² in2 sqin squareinch
        area|square miles: 2589988.110336|mi² mi2 sqmi squaremile
        data|bytes: 1|byte b
        data|bits: 1/8|bit
        data|kB: 1000|kilobyte kilobytes
        data|MB: 1000000|megabyte megabytes
        data|GB: 1000000000|gigabyte gigabytes
        data|TB: 1000000000000|terabyte terabytes
        data|PB: 1000000000000000|petabyte petabytes
        data|KiB: 1024|kibibyte kibibytes
        data|MiB: 1048576|mebibyte mebibytes
        data|GiB: 1073741824|gibibyte gibibytes
        data|TiB: 1099511627776|tebibyte tebibytes
        data|PiB: 1125899906842624|pebibyte pebibytes
        data|kbit: 125|kilobit kilobits
        data|Mbit: 125000|megabit megabits
        data|Gbit: 125000000|gigabit gigabits
        time|seconds: 1|s sec secs second sekunde sekunden
        time|milliseconds: 0.001|ms millisecond millisekunden
        time|microseconds: 0.000001|µs μs us microsecond mikrosekunden
        time|minutes: 60|min mins minute minuten
        time|hours: 3600|h hr hrs hour stunde stunden
        time|days: 86400|d day tag tage tagen
        time|weeks: 604800|week wk wks woche wochen
        time|years: 31557600|year yr yrs jahr jahre jahren
        """;

    private static readonly FrozenDictionary<string, Unit> All = Read();

    public static Unit? Find(string name) => All.GetValueOrDefault(Plain(name)) ?? All.GetValueOrDefault(Plain(name).TrimEnd('s'));

    private static FrozenDictionary<string, Unit> Read()
    {
        var all = new Dictionary<string, Unit>();
        foreach (var line in List.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('|');
            var colon = parts[1].IndexOf(':', StringComparison.Ordinal);
            var numbers = parts[1][(colon + 2)..].Split(' ');
            var unit = new Unit(parts[1][..colon], parts[0], Ratio(numbers[0]), numbers.Length > 1 ? Ratio(numbers[1]) : default);
            foreach (var name in parts[2].Split(' ').Append(unit.Name)) all[Plain(name)] = unit;
        }
        return all.ToFrozenDictionary();
    }

    private static Fraction Ratio(string text) => text.Split('/') is [var top, var below] ? Fraction.Parse(top) / Fraction.Parse(below) : Fraction.Parse(text);

    /// <summary>"Square metres", "square meters" and "squaremetres" are one.</summary>
    private static string Plain(string name) => name.Trim().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal).Replace("°", "", StringComparison.Ordinal)
        .Replace("degrees", "", StringComparison.Ordinal).Replace("degree", "", StringComparison.Ordinal).Replace("metre", "meter", StringComparison.Ordinal).Replace("litre", "liter", StringComparison.Ordinal);
}
