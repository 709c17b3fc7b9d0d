import HTTPTypes

extension HTTPFields {
    /// The field of this name, values joined by `, `; nil when absent. Setting nil removes it.
    ///
    /// For the many `x-amz-` names, which have no constants. A name that is no HTTP token reads as nil and is not set.
    subscript(named name: String) -> String? {
        get {
            HTTPField.Name(name).flatMap { self[$0] }
        }
        set {
            if let name = HTTPField.Name(name) { self[name] = newValue }
        }
    }
}
