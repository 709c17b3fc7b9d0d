/// What is wrong with a template, or with what it is given.
enum TemplateError: Error, Hashable {
    /// A page or a partial of this name is not embedded.
    case noTemplate(String)
    /// The file is not UTF-8.
    case unreadable(String)
    /// Partials include each other in a circle.
    case circle([String])
    /// A tag of a kind we do not have, or one that its line does not end.
    case badTag(Place)
    /// A section ends that is not the last one that began.
    case strayEnd(String, Place)
    /// A section never ends.
    case endless(String, template: String)
    /// The template asks for what it is not given.
    case unknownName(String)
    /// The template shows a flag or a list as if it were text.
    case noText(String)

    /// A line of a template.
    struct Place: Hashable {
        let template: String
        let line: Int
    }
}
