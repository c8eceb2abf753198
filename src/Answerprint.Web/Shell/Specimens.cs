namespace Answerprint.Web.Shell;

/// <summary>Sample words and figures of the design page; nothing else shows them.</summary>
internal static class Specimens
{
    public static IReadOnlyList<string> Titles { get; } =
    [
        "21", "9", "Up", "Pi", "W.", "JFK", "300", "Q", "11:14", "Ali", "Signs", "Milk", "Tremors", "Proof", "Alien³", "U-571", "Hollow Man", "The Ghost Writer",
        "Intolerable Cruelty", "Waltz with Bashir", "Bridge to Terabithia", "Le petit Nicolas", "Déjà Vu", "Die Fälscher", "Joyeux Noël", "La mala educación",
        "Topsy Turvy", "Arachnophobia", "Metropolis", "Lost Souls", "50 First Dates", "The Merchant of Venice", "Crooklyn", "Basquiat", "Original Sin", "Out Cold",
        "No Country for Old Men", "How to Lose Friends & Alienate People", "Final Fantasy: The Spirits Within", "Rambo: First Blood Part II",
        "Night at the Museum: Battle of the Smithsonian", "The Assassination of Jesse James by the Coward Robert Ford",
        "Once in a Lifetime: the Extraordinary Story of the New York Cosmos", "Supercalifragilisticexpialidocious", "Amélie", "Überläufer", "Ōkami", "千と千尋",
    ];
}
