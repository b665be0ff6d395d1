namespace Rpd.Server.CustomModels;

/// <summary>A small CSV to try it with. What is learned from so few is only good for seeing how it goes.</summary>
internal static class ExampleMails
{
    public const string Csv = """
        text,label
        Thank you so much for the quick delivery!,praise
        "What a lovely lamp, it shines beautifully.",praise
        We are delighted with the chairs.,praise
        Great service as always,praise
        The colours are wonderful and the fabric is soft.,praise
        "I love it, thank you!",praise
        Everything arrived safely and looks great.,praise
        Your team was so kind on the phone.,praise
        The best shop in town,praise
        "Beautiful work, we will order again.",praise
        The lamp arrived broken.,complaint
        Nobody answers my calls and I am angry.,complaint
        I want my money back.,complaint
        The delivery is two weeks late again.,complaint
        "You sent the wrong chair, and the box was torn.",complaint
        The switch stopped working after a day.,complaint
        Very disappointed with the quality,complaint
        A screw is missing and the table wobbles.,complaint
        I was charged twice for one order!,complaint
        "The glass is cracked, this is unacceptable.",complaint
        When will my order be shipped?,question
        Do you deliver to Austria?,question
        Which bulb fits into the small lamp?,question
        How long is the warranty?,question
        Can I pick up the table at your shop?,question
        What does the blue chair cost?,question
        Is the sofa available in green?,question
        Where can I find the invoice?,question
        Are you open on Saturdays?,question
        How do I change my address?,question

        """;
}
