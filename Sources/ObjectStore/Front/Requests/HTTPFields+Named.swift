import HTTPTypes

extension HTTPFields {
    /// The field of this name, its values joined by commas, or nil when absent.
    ///
    /// For the many `x-amz-` names, which have no constants. Setting nil removes the field. A name that is no HTTP
    /// token reads as nil and is not set.
    subscript(named name: String) -> String? {
        get {
            HTTPField.Name(name).flatMap { self[$0] }
        }
        set {
            if let name = HTTPField.Name(name) { self[name] = newValue }
        }
    }
}
