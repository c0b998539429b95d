namespace Nabla.Theory.Text;

/// <summary>Symbols of LaTeX formulas and their Unicode characters.</summary>
internal static class LatexSigns
{
    private const string Plain = "0123456789+−=()abcdefghijklmnoprstuvwxyzTLˡᴸ′";
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴸˡᴸ′";
    private const string PlainLow = "0123456789+−=()aehijklmnoprstuvx";
    private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";

    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["alpha"] = "α", ["beta"] = "β", ["gamma"] = "γ", ["delta"] = "δ", ["Delta"] = "Δ", ["epsilon"] = "ε", ["varepsilon"] = "ε", ["eta"] = "η",
        ["theta"] = "θ", ["kappa"] = "κ", ["lambda"] = "λ", ["mu"] = "μ", ["nu"] = "ν", ["pi"] = "π", ["Pi"] = "Π", ["rho"] = "ρ", ["sigma"] = "σ", ["Sigma"] = "Σ",
        ["tau"] = "τ", ["phi"] = "φ", ["varphi"] = "φ", ["Phi"] = "Φ", ["chi"] = "χ", ["psi"] = "ψ", ["omega"] = "ω", ["Omega"] = "Ω",
        ["partial"] = "∂", ["nabla"] = "∇", ["sum"] = "Σ", ["prod"] = "∏", ["int"] = "∫", ["infty"] = "∞", ["odot"] = "∘", ["circ"] = "∘", ["otimes"] = "⊗",
        ["cdot"] = "·", ["times"] = "×", ["pm"] = "±", ["mp"] = "∓", ["le"] = "≤", ["leq"] = "≤", ["ge"] = "≥", ["geq"] = "≥", ["ne"] = "≠", ["neq"] = "≠",
        ["ll"] = "≪", ["gg"] = "≫", ["approx"] = "≈", ["sim"] = "~", ["equiv"] = "≡", ["propto"] = "∝", ["to"] = "→", ["rightarrow"] = "→", ["leftarrow"] = "←", ["gets"] = "←",
        ["Rightarrow"] = "⇒", ["Leftrightarrow"] = "⇔", ["iff"] = "⇔", ["implies"] = "⇒", ["mapsto"] = "↦", ["in"] = "∈", ["notin"] = "∉", ["subset"] = "⊂",
        ["cup"] = "∪", ["cap"] = "∩", ["forall"] = "∀", ["exists"] = "∃", ["neg"] = "¬", ["land"] = "∧", ["lor"] = "∨", ["mid"] = "|", ["nmid"] = "∤", ["vert"] = "|", ["lvert"] = "|", ["rvert"] = "|", ["lVert"] = "‖", ["rVert"] = "‖", ["Vert"] = "‖",
        ["ldots"] = "…", ["dots"] = "…", ["cdots"] = "…", ["vdots"] = "…", ["ddots"] = "…", ["prime"] = "′", ["ell"] = "ℓ", ["top"] = "T", ["quad"] = "  ", ["qquad"] = "   ", ["colon"] = ":", ["degree"] = "°",
        ["lfloor"] = "⌊", ["rfloor"] = "⌋", ["lceil"] = "⌈", ["rceil"] = "⌉", ["langle"] = "⟨", ["rangle"] = "⟩", ["setminus"] = "∖", ["star"] = "*", ["ast"] = "*", ["dagger"] = "†",
        ["lt"] = "<", ["gt"] = ">", ["lbrace"] = "{", ["rbrace"] = "}", ["uparrow"] = "↑", ["downarrow"] = "↓", ["leftrightarrow"] = "↔",
    };

    /// <summary>The character of a command. The name itself for a function such as \ln or an unknown command.</summary>
    public static string Command(string name) => Commands.GetValueOrDefault(name, name);

    /// <summary>The combining character of an accent.</summary>
    public static string Accent(string name) => name switch
    {
        "hat" => "̂",
        "bar" => "̄",
        "tilde" => "̃",
        _ => "⃗",
    };

    /// <summary>The value in superscript characters if all of them exist, otherwise after a circumflex.</summary>
    public static string Superscript(string value) => value is "′" or "″" or "∘" or "*" ? value : Translate(value, Plain, Raised, '^');

    /// <summary>The value in subscript characters if all of them exist, otherwise after an underscore.</summary>
    public static string Subscript(string value) => Translate(value, PlainLow, Lowered, '_');

    /// <summary>Whether the character is a superscript or a subscript.</summary>
    public static bool IsScript(char c) => Raised.Contains(c, StringComparison.Ordinal) || Lowered.Contains(c, StringComparison.Ordinal);

    private static string Translate(string value, string from, string to, char mark)
    {
        if (value.Length > 0 && value.All(c => from.Contains(c, StringComparison.Ordinal)))
        {
            return string.Concat(value.Select(c => to[from.IndexOf(c, StringComparison.Ordinal)]));
        }

        return value.Length <= 1 ? $"{mark}{value}" : $"{mark}({value})";
    }
}
