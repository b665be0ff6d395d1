namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>A head and shoulders before a plain, glowing ground: features in even planes, lit from one side.</summary>
internal static class Portrait
{
    public static void Paint(Canvas canvas)
    {
        var rng = canvas.Rng.For("portrait");
        var subject = canvas.Scene.Subjects.Count > 0 ? canvas.Scene.Subjects[0] : null;
        var hue = canvas.Scene.Accent?.H ?? rng.Between(0, 360);
        var wall = new Colour(canvas.Air.Dark ? 0.3 : 0.68, 0.08, hue);
        var back = canvas.Layer("backdrop", 1);
        back.Fill(Shape.Rectangle(-20, -20, canvas.Width + 40, canvas.Height + 40), canvas.Defs.Across(0, 0, canvas.Width, canvas.Height, wall.Lighter(0.08), wall, wall.Darker(0.16).Turn(30)));
        back.Glow(canvas.Width / 2 + canvas.LightSide * 160, canvas.Height * 0.4, 620, 620, canvas.Air.Sun.Fade(0.55));
        for (var i = 0; i < 14; i++) back.Glow(rng.Between(0, canvas.Width), rng.Between(0, canvas.Height), rng.Between(30, 90), rng.Between(30, 90), wall.Lighter(0.18).Turn(rng.Jitter(40)).Fade(0.35));

        var brush = canvas.Layer(subject?.Kind ?? "person", 0.3);
        brush.Open("portrait", canvas.Width / 2, canvas.Height * 0.5, 1.15, 1.15);
        var skin = rng.Pick([new Colour(0.83, 0.06, 55), new Colour(0.74, 0.08, 55), new Colour(0.58, 0.08, 50), new Colour(0.45, 0.06, 48)]);
        var hair = rng.Pick([new Colour(0.24, 0.03, 50), new Colour(0.36, 0.07, 50), new Colour(0.68, 0.11, 78), new Colour(0.45, 0.13, 40), new Colour(0.8, 0.01, 250)]);
        Face(new Figure(brush, rng, subject?.Tint, Pose.Stand, canvas.LightSide, canvas.Air with { Level = Math.Max(0.7, canvas.Air.Level) }, 0), skin, hair, subject?.Kind != "man", canvas.Expression);
        brush.Close();
    }

    private static void Eye(Figure figure, int side, Colour skin, Colour hair, double lids)
    {
        if (lids < 0.95)
        {
            figure.Spot(new Colour(0.97, 0.005, 90), Shape.Smooth((side * 28, -26), (side * 52, -42), (side * 80, -26), (side * 54, -12)));
            figure.Spot(new Colour(0.5, 0.1, figure.Rng.For("iris").Between(40, 260)), Shape.Ellipse(side * 53, -27, 13.5, 14.5));
            figure.Eye(side * 53, -27, 8);
        }
        var fall = lids * 27;
        if (lids > 0) figure.Spot(skin.Darker(0.05), Shape.Smooth((side * 25, -30), (side * 52, -47), (side * 83, -30), (side * 80, -25 + fall * 0.3), (side * 53, -42 + fall * 1.12), (side * 28, -25 + fall * 0.3)));
        figure.Mark(hair.Darker(0.1), Shape.Curve((side * 26, -27 + fall * 0.3), (side * 52, -44 + fall * 1.2), (side * 83, -27 + fall * 0.3)), 5);
    }

    private static void ClosedMouth(Figure figure)
    {
        figure.Spot(new Colour(0.58, 0.13, 20), Shape.Smooth((-38, 92), (-12, 84), (0, 88), (12, 84), (38, 92), (0, 108)));
        figure.Spot(new Colour(0.66, 0.12, 20), Shape.Smooth((-34, 93), (0, 96), (34, 93), (0, 113)));
        figure.Mark(new Colour(0.4, 0.1, 20), Shape.Curve((-38, 92), (0, 96), (38, 92)), 2);
    }

    /// <summary>Lips around the dark, with teeth above and the tongue below; the wider open, the narrower and rounder.</summary>
    private static void OpenMouth(Figure figure, Colour shade, double open)
    {
        var (wide, drop) = (38 - 9 * open, 6 + 32 * open);
        figure.Spot(new Colour(0.62, 0.13, 20), Shape.Smooth((-wide - 3, 92), (-12, 83 - open * 3), (0, 87 - open * 3), (12, 83 - open * 3), (wide + 3, 92), (wide * 0.62, 99 + drop), (0, 107 + drop), (-wide * 0.62, 99 + drop)));
        figure.Spot(new Colour(0.24, 0.07, 18), Shape.Smooth((-wide, 93), (0, 90 - open), (wide, 93), (wide * 0.6, 92 + drop), (0, 97 + drop), (-wide * 0.6, 92 + drop)));
        figure.Spot(new Colour(0.95, 0.012, 90), Shape.Smooth((-wide * 0.74, 93), (0, 91), (wide * 0.74, 93), (wide * 0.6, 95 + open * 5), (0, 97 + open * 6), (-wide * 0.6, 95 + open * 5)));
        if (open > 0.25) figure.Spot(new Colour(0.6, 0.13, 18), Shape.Smooth((-wide * 0.45, 92 + drop), (0, 96 + drop - 12 * open), (wide * 0.45, 92 + drop), (0, 96 + drop)));
        figure.Mark(shade.Fade(0.5), Shape.Curve((-22, 118 + drop), (0, 122 + drop), (22, 118 + drop)), 3);
    }

    private static void Face(Figure figure, Colour skin, Colour hair, bool longHair, Expression expression)
    {
        var rng = figure.Rng;
        var cloth = figure.Tint ?? new Colour(0.45, 0.12, rng.Between(0, 360));
        if (longHair) figure.Body(hair.Darker(0.06), -280, 260, Shape.Smooth((0, -262), (120, -220), (158, -90), (150, 60), (176, 210), (90, 240), (-90, 240), (-176, 210), (-150, 60), (-158, -90), (-120, -220)));
        figure.Body(cloth, 170, 460, Shape.Smooth((-78, 186), (-190, 236), (-270, 330), (-300, 520), (300, 520), (270, 330), (190, 236), (78, 186), (0, 246)));
        figure.Body(skin.Darker(0.06), 60, 250, Shape.Smooth((-56, 80), (-60, 170), (-84, 200), (0, 252), (84, 200), (60, 170), (56, 80)));
        foreach (var side in new[] { -1, 1 }) figure.Spot(skin.Darker(0.05), Shape.Ellipse(side * 122, -14, 18, 36));
        figure.Body(skin, -220, 150, Shape.Smooth((0, -220), (86, -196), (122, -110), (120, 0), (100, 78), (52, 134), (0, 152), (-52, 134), (-100, 78), (-120, 0), (-122, -110), (-86, -196)));
        var shade = skin.Darker(0.13).Turn(-10);
        var away = -figure.Light;
        figure.Spot(shade.Fade(0.38), Shape.Smooth((away * 30, -190), (away * 118, -110), (away * 118, 0), (away * 98, 78), (away * 40, 140), (away * 62, 70), (away * 74, -20), (away * 52, -110)));
        foreach (var side in new[] { -1, 1 })
        {
            figure.Brush.Glow(side * 68, 46, 46, 34, new Colour(0.68, 0.13, 25, 0.4));
            Eye(figure, side, skin, hair, expression.Lids);
            figure.Mark(hair.Darker(0.05).Fade(0.9), Shape.Curve((side * 24, -66), (side * 56, -80), (side * 90, -62)), 8);
        }
        figure.Mark(shade.Fade(0.7), Shape.Curve((away * 8, -20), (away * 14, 20), (away * 20, 40), (0, 48)), 4);
        figure.Mark(shade.Darker(0.1).Fade(0.8), Shape.Curve((-14, 48), (0, 53), (14, 48)), 3);
        if (expression.Mouth < 0.04) ClosedMouth(figure);
        else OpenMouth(figure, shade, expression.Mouth);
        figure.Body(hair, -270, 60, longHair
            ? Shape.Smooth((0, -256), (96, -226), (146, -120), (150, 30), (128, 60), (118, -60), (70, -150), (-20, -170), (-86, -120), (-122, -40), (-130, 60), (-150, 30), (-146, -120), (-96, -226))
            : Shape.Smooth((0, -252), (92, -230), (134, -130), (126, -40), (112, -96), (60, -150), (-30, -146), (-92, -130), (-116, -50), (-128, -40), (-134, -130), (-92, -226)));
        for (var i = -4; i <= 4; i++) figure.Mark(hair.Lighter(0.1).Fade(0.4), Shape.Curve((i * 12, -244), (i * 24, -204), (i * 31, -164 + Math.Abs(i) * 10)), 3);
    }
}
