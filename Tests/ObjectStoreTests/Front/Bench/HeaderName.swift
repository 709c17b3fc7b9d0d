import HTTPTypes

/// A header's name in a literal of a test.
func named(_ name: String) -> HTTPField.Name {
    HTTPField.Name(name) ?? .init("invalid") ?? .accept
}
