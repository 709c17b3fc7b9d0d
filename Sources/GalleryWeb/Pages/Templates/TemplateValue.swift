/// What a template knows, by name.
typealias TemplateFields = [String: TemplateValue]

/// One thing that a template knows.
enum TemplateValue: Sendable, Equatable {
    /// Text for people, not escaped yet; a section on it is shown when there is one.
    case text(String?)
    /// Whether a section is shown.
    case flag(Bool)
    /// A section is shown once for each; inverted, when there is none.
    case list([TemplateFields])

    /// A number as text.
    static func number(_ number: some BinaryInteger & Sendable) -> TemplateValue { .text("\(number)") }
}
