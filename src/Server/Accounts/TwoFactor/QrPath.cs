using System.Globalization;
using System.Text;
using QRCoder;

namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>A QR code as the outline of an SVG path, one unit a module: nothing in it that a strict policy would refuse.</summary>
public static class QrPath
{
    public static (string Path, int Size) Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                if (!row[x]) continue;
                var run = 1;
                while (x + run < row.Count && row[x + run]) run++;
                path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{run}v1h-{run}z");
                x += run;
            }
        }
        return (path.ToString(), data.ModuleMatrix.Count);
    }
}
